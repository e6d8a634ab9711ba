import { deadLetterId, type RejectedRecord } from "../contracts/dead-letter.ts";
import { DEAD_LETTERS_TOPIC, ERROR_HEADERS } from "../contracts/topics.ts";
import type { Db } from "./client.ts";
import { queueRecords } from "./outbox.ts";
import { base64Of, bytesOfRecord, slicesOf } from "./slices.ts";

/**
 * Stores rejected records and queues each new one for `tower.dead-letters`, in the caller's transaction.
 * A record that is already stored is left as it is, so a replay of the log changes nothing.
 */
export async function storeRejected(db: Db, rejected: readonly RejectedRecord[]): Promise<void> {
  for (const slice of slicesOf(rejected, bytesOfRecord)) {
    const fresh = await insertRejected(db, slice);
    await queueRecords(db, slice.filter((record) => fresh.has(deadLetterId(record))).map(toDeadLetterTopic));
  }
}

/** Returns the ids of those that were not known. One JSON text is ten times cheaper than a parameter a column. */
async function insertRejected(db: Db, rejected: readonly RejectedRecord[]): Promise<Set<string>> {
  const inserted = await db.$queryRaw<{ topic: string; partition: number; record_offset: bigint }[]>`
    insert into dead_letter (topic, partition, record_offset, record_timestamp, lane, connector, stage, reason, message,
      fields, key, value, headers, size_bytes)
    select topic, partition, record_offset, record_timestamp, lane, connector, stage, reason, message,
      fields, decode(key, 'base64'), decode(value, 'base64'), headers, size_bytes
    from jsonb_to_recordset(${JSON.stringify(rejected.map(toRow))}::jsonb) as rejected (
      topic text, partition integer, record_offset bigint, record_timestamp timestamptz, lane text, connector text,
      stage text, reason text, message text, fields jsonb, key text, value text, headers jsonb, size_bytes integer)
    on conflict (topic, partition, record_offset) do nothing
    returning topic, partition, record_offset`;
  return new Set(inserted.map(({ record_offset: offset, ...place }) => deadLetterId({ ...place, offset })));
}

function toRow({ offset, timestampMs, key, value, ...record }: RejectedRecord) {
  return {
    ...record,
    record_offset: String(offset),
    record_timestamp: new Date(timestampMs),
    key: base64Of(key),
    value: base64Of(value),
    size_bytes: value?.length ?? 0,
  };
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
