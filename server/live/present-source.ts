import { z } from "zod";
import { LaneName } from "../contracts/dead-letter.ts";
import type { SourceStatus } from "../contracts/lane.ts";
import { isoTime } from "../platform/clock.ts";

const Count = z.int().min(0);

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
  }),
});
export type Source = z.infer<typeof Source>;

export function presentSource({ lastRecordAt, ...source }: SourceStatus): Source {
  return { ...source, lastRecordAt: lastRecordAt === null ? null : isoTime(lastRecordAt) };
}
