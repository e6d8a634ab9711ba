import type { FactRecord } from "../business-object.ts";

/** A vehicle's stay inside a fence, by event time. `leftMs` is `null` while it is there. */
export type Visit = {
  vehicleId: string;
  /** A site's id, or `fence:<id>` for a fence of one's own. */
  fenceId: string;
  enteredMs: number;
  leftMs: number | null;
  /** The reading that showed its arrival. */
  record: FactRecord;
  /** The first reading outside; `null` while it is there, or when the fence is what went. */
  leftRecord: FactRecord | null;
};

/** What a visit is known by: a vehicle enters a fence once at a time. */
export const visitKey = ({ vehicleId, fenceId, enteredMs }: Pick<Visit, "vehicleId" | "fenceId" | "enteredMs">) =>
  `${vehicleId} ${fenceId} ${enteredMs}`;
