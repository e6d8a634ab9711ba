import { deadLetterId, type RejectedRecord } from "../contracts/dead-letter.ts";
import { DEAD_LETTERS_TOPIC, ERROR_HEADERS } from "../contracts/topics.ts";
import type { Db } from "./client.ts";
import { queueRecords } from "./outbox.ts";

/**
 * Stores rejected records and queues each new one for `tower.dead-letters`, in the caller's transaction.
 * A record that is already stored is left as it is, so a replay of the log changes nothing.
 */
export async function storeRejected(db: Db, rejected: readonly RejectedRecord[]): Promise<void> {
  if (rejected.length === 0) return;
  const inserted = await db.deadLetter.createManyAndReturn({
    skipDuplicates: true,
    select: { topic: true, partition: true, recordOffset: true },
    data: rejected.map((record) => ({
      topic: record.topic,
      partition: record.partition,
      recordOffset: record.offset,
      recordTimestamp: new Date(record.timestampMs),
      lane: record.lane,
      connector: record.connector,
      stage: record.stage,
      reason: record.reason,
      message: record.message,
      fields: record.fields,
      key: record.key === null ? null : Buffer.from(record.key),
      value: record.value === null ? null : Buffer.from(record.value),
      headers: record.headers,
      sizeBytes: record.value?.length ?? 0,
    })),
  });
  const fresh = new Set(inserted.map((row) => deadLetterId({ ...row, offset: row.recordOffset })));
  await queueRecords(
    db,
    rejected.filter((record) => fresh.has(deadLetterId(record))).map((record) => toDeadLetterTopic(record)),
  );
}

function toDeadLetterTopic(record: RejectedRecord) {
  return {
    topic: DEAD_LETTERS_TOPIC,
    partition: null,
    key: record.key,
    value: record.value,
    headers: {
      ...record.headers,
      [ERROR_HEADERS.id]: deadLetterId(record),
      [ERROR_HEADERS.topic]: record.topic,
      [ERROR_HEADERS.partition]: String(record.partition),
      [ERROR_HEADERS.offset]: String(record.offset),
      [ERROR_HEADERS.stage]: record.stage,
      [ERROR_HEADERS.reason]: record.reason,
      [ERROR_HEADERS.attempt]: "1",
    },
  };
}
