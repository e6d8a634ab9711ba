import type { FactRecord, ObjectBase } from "./business-object.ts";
import type { Day, Money, RowFact } from "./sales-order.ts";

export type PurchaseOrderLine = {
  line: string;
  material: string | null;
  text: string | null;
  site: string | null;
  unit: string | null;
  ordered: string | null;
  /** Sum of goods receipts by the schedule lines (EKET.WEMNG). */
  received: string;
  price: Money | null;
  isDeleted: boolean;
  /** ELIKZ: no more will come. */
  isComplete: boolean;
  schedule: { line: string; day: Day | null; quantity: string; received: string }[];
  record: FactRecord;
};

/** SAP purchase order: EKKO, EKPO, EKET. */
export type PurchaseOrder = ObjectBase & {
  number: string;
  /** LIFNR without leading zeros; for stock transport the supplying plant is `supplyingSite`. */
  supplier: string | null;
  supplyingSite: string | null;
  createdAt: RowFact | null;
  lines: PurchaseOrderLine[];
};
