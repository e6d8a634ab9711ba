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
  action: z.enum(["replayed", "discarded", "rejected_again", "applied"]),
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
