import { z } from "zod";
import { RecordRef } from "./record-ref.ts";

export const LaneName = z.enum(["telemetry", "changes", "decisions"]);
export type LaneName = z.infer<typeof LaneName>;

export const DeadLetterStatus = z.enum(["open", "replayed", "discarded"]);
export type DeadLetterStatus = z.infer<typeof DeadLetterStatus>;

export const FailingField = z.object({ path: z.string(), expected: z.string() });
export type FailingField = z.infer<typeof FailingField>;

export const DeadLetterAttempt = z.object({
  time: z.iso.datetime({ precision: 3 }),
  actor: z.string(),
  action: z.enum(["replayed", "discarded", "reopened", "rejected_again", "applied"]),
  comment: z.string().optional(),
});
export type DeadLetterAttempt = z.infer<typeof DeadLetterAttempt>;

/** A rejected record with its original bytes. `id` is `topic~partition~offset`. */
export const DeadLetter = z.object({
  id: z.string(),
  record: RecordRef,
  lane: LaneName,
  connector: z.string(),
  stage: z.enum(["decode", "contract", "apply"]),
  reason: z.string(),
  message: z.string(),
  fields: z.array(FailingField),
  key: z.string().nullable(),
  value: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  sizeBytes: z.number().int(),
  status: DeadLetterStatus,
  attempts: z.array(DeadLetterAttempt),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

/**
 * Open ones of one reason and topic. `newest` is the id of the last that came; `notKept` how many more like these came
 * since the first of them and were only counted, because there were too many in a minute.
 */
export const DeadLetterGroup = z.object({
  reason: z.string(),
  topic: z.string(),
  count: z.number().int(),
  notKept: z.number().int(),
  newest: z.string(),
  newestAt: z.iso.datetime({ precision: 3 }),
  message: z.string(),
});
export type DeadLetterGroup = z.infer<typeof DeadLetterGroup>;

/** One field of a rejected record beside its contract. `value` is JSON text, `null` when the field is not there. */
export const CheckedField = z.object({
  path: z.string(),
  name: z.string(),
  /** What the contract wants; `null` when it does not know the field. */
  expected: z.string().nullable(),
  meaning: z.string().nullable(),
  required: z.boolean(),
  value: z.string().nullable(),
  /** Why it does not fit, in words; `null` when nothing is wrong with it. */
  failing: z.string().nullable(),
});
export type CheckedField = z.infer<typeof CheckedField>;

/** What a replay would do to one row: `none` when the tower knows something newer, or the same already. */
export const ReplayEffect = z.object({
  effect: z.enum(["appears", "changes", "is_deleted", "returns", "goes_stale", "is_read", "none"]),
  system: z.string(),
  entity: z.string(),
  key: z.string(),
  /** What such a row is called: `Delivery`. */
  rowTitle: z.string(),
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
});
export type ReplayEffect = z.infer<typeof ReplayEffect>;

/** A dry run: what the line would say to a record now, and what would come of it. Nothing is stored or sent. */
export const DeadLetterCheck = z.object({
  outcome: z.enum(["fits", "ignored", "rejected"]),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  contract: z.string().nullable(),
  /** What the record speaks of: `Delivery 0080334612`; `null` when it cannot be told. */
  subject: z.string().nullable(),
  fields: z.array(CheckedField),
  effects: z.array(ReplayEffect),
});
export type DeadLetterCheck = z.infer<typeof DeadLetterCheck>;

/** What one call of `POST dead-letters/replay` did, and how many are left for the next. */
export const ReplayBatch = z.object({ replayed: z.number().int(), remaining: z.number().int() });
export type ReplayBatch = z.infer<typeof ReplayBatch>;

/** What a lane hands to the store for a record it rejected. Bytes stay bytes; `headers` are already text. */
export type RejectedRecord = {
  topic: string;
  partition: number;
  offset: bigint;
  timestampMs: number;
  lane: LaneName;
  connector: string;
  stage: DeadLetter["stage"];
  reason: string;
  message: string;
  fields: FailingField[];
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers: Record<string, string>;
};

export const deadLetterId = (record: { topic: string; partition: number; offset: bigint | string }): string =>
  `${record.topic}~${record.partition}~${record.offset}`;
