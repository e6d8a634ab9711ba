import type { StoredRecordRef } from "../services/ports.ts";

/** The four columns that say where a row came from. */
export type RecordColumns = { topic: string; partition: number; recordOffset: bigint; recordTimestamp: Date };

export function recordRefOf(row: RecordColumns): StoredRecordRef {
  return { topic: row.topic, partition: row.partition, offset: row.recordOffset, timestamp: row.recordTimestamp };
}
