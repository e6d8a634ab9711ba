import type { FactRecord, ObjectBase } from "./business-object.ts";

/** An amount in its own currency, decimal text with the currency's usual places. */
export type Money = { amount: string; currency: string };

/** A day `YYYY-MM-DD`, as SAP keeps them: of the plant, without a zone. */
export type Day = string;

/** What a row says happened. `at` is the source's own time of the change, milliseconds; `day` what the field holds. */
export type RowFact = {
  day: Day | null;
  atMs: number;
  /** Its row came with a full load, whose time says nothing of the fact: at most the day is known. */
  isLoaded?: true;
  record: FactRecord;
};

export type ScheduleLine = { line: string; day: Day | null; ordered: string; confirmed: string };

export type SalesOrderLine = {
  /** POSNR, `000010`. */
  line: string;
  /** MATNR in its internal form; absent until it is known. */
  material: string | null;
  text: string | null;
  /** WERKS. */
  site: string | null;
  unit: string | null;
  /** Decimal text in `unit`; `null` while not known. */
  ordered: string | null;
  /** Where that was read, if it is not a field of the item. */
  orderedRecord?: FactRecord | null;
  confirmed: string | null;
  amount: Money | null;
  /** Rejected (ABGRU) or gone: it counts for nothing. */
  isRejected: boolean;
  schedule: ScheduleLine[];
  record: FactRecord;
};

/** SAP sales order: VBAK, VBAP, VBEP. */
export type SalesOrder = ObjectBase & {
  /** Without leading zeros. */
  number: string;
  /** BSTNK: the customer's own purchase order number; the link to Salesforce's PoNumber. */
  customerReference: string | null;
  /** `sap:<client>:<KUNNR>`. */
  customerId: string | null;
  value: Money | null;
  /** Where the value was read, if it is not a field of the header. */
  valueRecord?: FactRecord | null;
  requestedDay: Day | null;
  /** The last day on which confirmed quantities cover what was ordered; `null` while they do not. */
  confirmedDay: Day | null;
  /** Why it may not go on: LIFSK, CMGST, AUFSD and the like, in SAP's code with its meaning. */
  blocks: { code: string; field: string; meaning: string; record?: FactRecord }[];
  createdAt: RowFact | null;
  confirmedAt: RowFact | null;
  lines: SalesOrderLine[];
};
