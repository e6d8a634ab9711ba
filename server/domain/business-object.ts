import type { ChangeRecord } from "./change.ts";
import type { CrmAccount, CrmCase, CrmOrder } from "./crm.ts";
import type { Customer } from "./customer.ts";
import type { Delivery } from "./delivery.ts";
import type { Material } from "./material.ts";
import type { PurchaseOrder } from "./purchase-order.ts";
import type { SalesOrder } from "./sales-order.ts";
import type { Shipment } from "./shipment.ts";

/** What the projections make of source rows, by kind. */
export type BusinessObjects = {
  sales_order: SalesOrder;
  delivery: Delivery;
  shipment: Shipment;
  purchase_order: PurchaseOrder;
  material: Material;
  customer: Customer;
  crm_order: CrmOrder;
  crm_account: CrmAccount;
  crm_case: CrmCase;
};

export type BusinessKind = keyof BusinessObjects;

/** `sap:<client>:<number>` or `salesforce:<id>`. */
export type BusinessRef = { kind: BusinessKind; id: string };

/** Where a fact came from, as text that JSON can carry. */
export type FactRecord = { topic: string; partition: number; offset: string; timestampMs: number };

export const factRecord = ({ topic, partition, offset, timestampMs }: ChangeRecord): FactRecord => ({
  topic,
  partition,
  offset: String(offset),
  timestampMs,
});

/** What every business object has. */
export type ObjectBase = {
  id: string;
  /** Only references to it are known so far: none of its own rows has come. */
  isStub: boolean;
  /** Its own row was deleted at the source, or marked so. */
  isDeleted: boolean;
  /** Nothing is left to happen to it: lists of open work leave it out. */
  isClosed: boolean;
  /** The newest record of all its rows; `null` for a stub. */
  record: FactRecord | null;
  /** Of an object with a header and other rows, the newest record of the header; absent where that is not known. */
  headerRecord?: FactRecord | null;
};

/** Where a field of the header was read. */
export const headerRecordOf = ({ headerRecord, record }: Pick<ObjectBase, "headerRecord" | "record">) =>
  headerRecord ?? record;
