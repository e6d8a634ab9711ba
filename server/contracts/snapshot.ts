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
  /** Which change last set each field. `time` and `record` are `null` when that change is no longer kept. */
  provenance: z.record(
    z.string(),
    z.object({
      position: z.string(),
      time: z.iso.datetime({ precision: 3 }).nullable(),
      record: RecordRef.nullable(),
    }),
  ),
  /** What the tower made of the row: orders, deliveries and the like, and the vehicle it is on where one is known. */
  links: z.array(z.object({ kind: z.string(), id: z.string() })),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** A row in a list: what is needed to choose one. */
export const SnapshotRow = z.object({
  system: z.string(),
  entity: z.string(),
  key: z.string(),
  /** What a person knows it by: a name, a customer, a status; `null` when its row has none of these. */
  label: z.string().nullable(),
  deleted: z.boolean(),
  stale: z.boolean(),
  updatedAt: z.iso.datetime({ precision: 3 }),
  record: RecordRef,
  /** The merged image, where it was asked for. */
  image: z.record(z.string(), z.unknown()).optional(),
});
export type SnapshotRow = z.infer<typeof SnapshotRow>;

/** How many rows of one kind are known, `title` in plain words. */
export const SnapshotEntity = z.object({
  system: z.string(),
  entity: z.string(),
  title: z.string(),
  count: z.number().int(),
});
export type SnapshotEntity = z.infer<typeof SnapshotEntity>;

export const SnapshotChange = z.object({
  operation: z.enum(["create", "update", "delete", "read", "gap"]),
  position: z.string(),
  time: z.iso.datetime({ precision: 3 }),
  fields: z.record(z.string(), z.unknown()),
  late: z.boolean(),
  record: RecordRef,
});
export type SnapshotChange = z.infer<typeof SnapshotChange>;
