/** A vehicle's stay inside a fence, by event time. `leftMs` is `null` while it is there. */
export type Visit = {
  vehicleId: string;
  /** A site's id, or `fence:<id>` for a fence of one's own. */
  fenceId: string;
  enteredMs: number;
  leftMs: number | null;
  record: { topic: string; partition: number; offset: string; timestampMs: number };
};
