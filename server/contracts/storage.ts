import { z } from "zod";
import { RETENTION_KINDS, RETENTION_NAMES, type RetentionKind } from "../domain/retention.ts";

/** What takes room in the database; those with a retention are kept for a number of days. */
export const STORAGE_KINDS = [...RETENTION_NAMES, "images", "outbox", "other"] as const;

const time = z.iso.datetime({ precision: 3 });

export const StorageKind = z.object({
  kind: z.enum(STORAGE_KINDS),
  /** With indexes and what is kept beside the rows. */
  bytes: z.number().int(),
  /** For how many days it is kept, and the bounds of that; `null` for what is kept as long as it is needed. */
  days: z.number().int().nullable(),
  daysMin: z.number().int().nullable(),
  daysMax: z.number().int().nullable(),
  /** The oldest there is; `null` where there is nothing. */
  oldest: time.nullable(),
  /** What the last round of the job removed, what all rounds did, and when the last ended. */
  removedLast: z.number().int(),
  removed: z.number().int(),
  finishedAt: time.nullable(),
});
export type StorageKind = z.infer<typeof StorageKind>;

export const Storage = z.object({
  kinds: z.array(StorageKind),
  bytes: z.number().int(),
  /** Of the retention setting; 0 while it was never changed. */
  version: z.number().int(),
});
export type Storage = z.infer<typeof Storage>;

const daysOf = (kind: RetentionKind) => {
  const { daysMin, daysMax } = RETENTION_KINDS[kind];
  return z.int().min(daysMin, `expected ${daysMin} days or more`).max(daysMax, `expected ${daysMax} days or fewer`);
};

/** How many days each kind is kept, all of them. */
export const RetentionInput = z.strictObject({
  version: z.int().min(0),
  days: z.strictObject({
    readings: daysOf("readings"),
    changes: daysOf("changes"),
    dead_letters: daysOf("dead_letters"),
    visits: daysOf("visits"),
    estimates: daysOf("estimates"),
    audit: daysOf("audit"),
  }),
});
export type RetentionInput = z.infer<typeof RetentionInput>;
