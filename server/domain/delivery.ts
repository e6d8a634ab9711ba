import type { FactRecord, ObjectBase } from "./business-object.ts";
import type { Day, RowFact } from "./sales-order.ts";

export type DeliveryLine = {
  line: string;
  material: string | null;
  text: string | null;
  site: string | null;
  storageLocation: string | null;
  unit: string | null;
  quantity: string | null;
  /** The order line it fulfils (VGBEL, VGPOS); `null` while not known. */
  orderId: string | null;
  orderLine: string | null;
  record: FactRecord;
};

/** SAP delivery: LIKP, LIPS. */
export type Delivery = ObjectBase & {
  number: string;
  /** LFART and VBTYP say which. */
  direction: "outbound" | "inbound" | "transfer" | "return";
  /** VSTEL or the lines' plant; where the goods leave. */
  originSite: string | null;
  /** The customer's site or receiving plant, as KUNNR without leading zeros. */
  destinationSite: string | null;
  shipToId: string | null;
  billOfLading: string | null;
  /** LIKP.TRAID: the vehicle, unless a shipment names one. */
  vehicleId: string | null;
  /** Planned day of goods issue (WADAT) and of delivery (LFDAT). */
  plannedIssueDay: Day | null;
  plannedDeliveryDay: Day | null;
  createdAt: RowFact | null;
  /** KOSTK became `C`. */
  pickedAt: RowFact | null;
  /** WADAT_IST was set. */
  issuedAt: RowFact | null;
  /** PODAT was set. */
  provenAt: RowFact | null;
  lines: DeliveryLine[];
};
