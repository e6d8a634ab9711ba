import { z } from "zod";
import { RecordRef } from "./record-ref.ts";

/** The merged image of one row of another system. `position` orders its changes (the source's own sequence). */
export const Snapshot = z.object({
  system: z.string(),
  entity: z.string(),
  key: z.string(),
  image: z.record(z.string(), z.unknown()),
  deleted: z.boolean(),
  stale: z.boolean(),
  position: z.string(),
  record: RecordRef,
});
export type Snapshot = z.infer<typeof Snapshot>;

export const SnapshotChange = z.object({
  operation: z.enum(["create", "update", "delete", "read", "gap"]),
  position: z.string(),
  time: z.iso.datetime({ precision: 3 }),
  fields: z.record(z.string(), z.unknown()),
  late: z.boolean(),
  record: RecordRef,
});
export type SnapshotChange = z.infer<typeof SnapshotChange>;
