import type { FactRecord } from "./business-object.ts";

/** Kinds of stock at a storage location; SAP's LBBSA_SID and INSMK map onto them. */
export const STOCK_TYPES = ["unrestricted", "qualityInspection", "blocked", "inTransit"] as const;
export type StockType = (typeof STOCK_TYPES)[number];

/** What one material document line did: MATDOC (record type MDOC) or MSEG. */
export type StockMovement = {
  /** `<client>|<MBLNR>|<MJAHR>|<ZEILE>`. */
  id: string;
  client: string;
  material: string;
  site: string;
  /** LGORT; empty for stock that lies at no location, such as in transit. */
  storageLocation: string;
  stockType: StockType;
  /** BWART. */
  movementType: string;
  document: string;
  /** Signed decimal text in `unit`: SHKZG S adds, H takes. */
  quantity: string;
  unit: string;
  /** BUDAT with CPUTM as UTC milliseconds: the order of the ledger. */
  postedAtMs: number;
  orderId: string | null;
  deliveryId: string | null;
  purchaseOrderId: string | null;
  record: FactRecord;
};

/** Stock of one material at one storage location of one site. */
export type StockLevel = {
  client: string;
  material: string;
  site: string;
  storageLocation: string;
  unit: string;
  quantities: Record<StockType, string>;
  /** What MARD said where it came: for comparison, or as the figure where no movement is known. */
  snapshot: { quantities: Record<StockType, string>; record: FactRecord } | null;
  basis: "movements" | "snapshot";
  lastMovementAtMs: number | null;
  record: FactRecord;
};
