/** A record as it goes to Kafka. The partitioner places it by its key; there are no headers. */
export type OutgoingRecord = { topic: string; key: string; value: string; timestampMs: number };

/** One row of another system, changed. `order` rises with the source's own order, in which the truth is told. */
export type RowChange = {
  system: "sap" | "salesforce";
  entity: string;
  key: string;
  operation: "create" | "update" | "delete" | "read" | "gap";
  fields: Readonly<Record<string, unknown>>;
  position: string | null;
  order: number;
};

/** A reading as it was sent; `values` stand at the places of `MEASURES`, `mask` says which of them are there. */
export type Reading = {
  vehicle: number;
  vehicleId: string;
  timeMs: number;
  mask: number;
  values: Float64Array;
  readingId: string | null;
  event: string | null;
};

/** What a record does to whoever reads it rightly: this is what the truth is made of. */
export type Effect =
  | { kind: "site"; siteId: string }
  | { kind: "reading"; reading: Reading }
  | { kind: "changes"; changes: RowChange[] }
  /** Closes a document of a world that ended: it is none of this world's truth but that it was sent. */
  | { kind: "earlier" }
  | { kind: "repeated" }
  | { kind: "rejected"; reason: string };

export type Outgoing = { record: OutgoingRecord; effect: Effect };
export type Send = (outgoing: Outgoing) => void;
