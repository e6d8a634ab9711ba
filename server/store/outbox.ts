import type { Db } from "./client.ts";

/** A record to produce. `partition` is left to the partitioner when it is null. */
export type OutboxRecord = {
  topic: string;
  partition: number | null;
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers: Record<string, string>;
};

/** Queues records in the caller's transaction; the relay produces them once it has committed. */
export async function queueRecords(db: Db, records: readonly OutboxRecord[]): Promise<void> {
  if (records.length === 0) return;
  await db.outbox.createMany({
    data: records.map((record) => ({
      topic: record.topic,
      targetPartition: record.partition,
      key: record.key === null ? null : Buffer.from(record.key),
      value: record.value === null ? null : Buffer.from(record.value),
      headers: record.headers,
    })),
  });
}
