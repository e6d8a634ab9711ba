import { z } from "zod";
import { LaneName } from "./dead-letter.ts";

const Count = z.int().min(0);

/**
 * How a source is: `waiting` has not spoken since the start, `off` was switched off by an admin, `slow` has records that
 * wait, `silent` has said nothing for much longer than it usually takes.
 */
export const SourceState = z.enum(["current", "slow", "silent", "waiting", "off"]);
export type SourceState = z.infer<typeof SourceState>;

/** One topic with what reads it, how far it is behind, and what became of its records since they were first read. */
export const Source = z.object({
  topic: z.string(),
  connector: z.string(),
  lane: LaneName,
  partitions: Count,
  lagRecords: z.number(),
  behindMs: z.number().nullable(),
  lastRecordAt: z.iso.datetime({ precision: 3 }).nullable(),
  usualIntervalMs: z.number().nullable(),
  records: z.object({
    delivered: Count,
    applied: Count,
    late: Count,
    repeated: Count,
    ignored: Count,
    rejected: Count,
    gaps: Count,
    lost: Count,
  }),
  /** In plain words: `SAP deliveries`; the topic itself where nobody has a name for it. */
  name: z.string(),
  /** The system and table or object its records speak of; `null` when no connector reads it. */
  system: z.string().nullable(),
  entity: z.string().nullable(),
  /** The contract its records are held against, see `GET /api/v1/contracts`; `null` when there is none. */
  contract: z.string().nullable(),
  /** By its name alone, or because an admin said so. */
  mapped: z.boolean(),
  state: SourceState,
  /** Records a second over the last minute; `null` until two samples have been taken. */
  recordsPerSecond: z.number().nullable(),
  /** How many of its records were rejected in the last 24 hours. */
  rejectedDay: Count,
  /** How far it was behind, minute by minute over the last two hours, oldest first; `null` where nobody looked. */
  behindMsSamples: z.array(z.number().nullable()),
});
export type Source = z.infer<typeof Source>;

/** How an admin says a topic is read. One that is not enabled is left alone. */
export const TopicMapping = z.object({
  topic: z.string(),
  connector: z.string(),
  entity: z.string(),
  enabled: z.boolean(),
});
export type TopicMapping = z.infer<typeof TopicMapping>;

export const TOPIC_MAPPINGS_MAX = 200;

/** All mappings at once; `version` counts the changes of the list, 0 before the first. */
export const SourceMapping = z.object({ version: z.int().min(0), mappings: z.array(TopicMapping) });
export type SourceMapping = z.infer<typeof SourceMapping>;
