import { deadLetterId, type RejectedRecord } from "../contracts/dead-letter.ts";
import { DEAD_LETTERS_TOPIC, ERROR_HEADERS } from "../contracts/topics.ts";
import type { Db } from "./client.ts";
import { queueRecords } from "./outbox.ts";
import { base64Of, bytesOfRecord, slicesOf } from "./slices.ts";

/** Of one topic, partition and reason so many are kept in a minute; the others are counted. */
export const KEPT_PER_MINUTE_MAX = 300;

/**
 * Stores rejected records and queues each new one for `tower.dead-letters`, in the caller's transaction. Of a flood of
 * one kind the first of each minute are kept and the others counted, so that it fills nothing and hides no other kind.
 * A record that is already stored is left as it is.
 */
export async function storeRejected(db: Db, rejected: readonly RejectedRecord[]): Promise<void> {
  if (rejected.length === 0) return;
  const { kept, surplus } = sampled(rejected, await countKept(db, rejected));
  for (const slice of slicesOf(kept, bytesOfRecord)) {
    const fresh = await insertRejected(db, slice);
    await queueRecords(db, slice.filter((record) => fresh.has(deadLetterId(record))).map(toDeadLetterTopic));
  }
  await addSurplus(db, surplus);
}

type Kind = { topic: string; partition: number; reason: string };
type Counted = Kind & { count: number };
const kindOf = ({ topic, partition, reason }: Kind): string => `${topic} ${partition} ${reason}`;

/** How many of each kind this minute has kept so far. A partition has one writer, so nobody adds to them meanwhile. */
async function countKept(db: Db, rejected: readonly Kind[]): Promise<Map<string, number>> {
  const topics = [...new Set(rejected.map(({ topic }) => topic))];
  const rows = await db.$queryRaw<Counted[]>`
    select topic, partition, reason, count(*)::int as count from dead_letter
    where created_at >= date_trunc('minute', now()) and topic = any(${topics}::text[])
    group by topic, partition, reason`;
  return new Map(rows.map((row) => [kindOf(row), row.count]));
}

function sampled(rejected: readonly RejectedRecord[], counts: Map<string, number>) {
  const kept: RejectedRecord[] = [];
  const surplus = new Map<string, Counted>();
  for (const record of rejected) {
    const { topic, partition, reason } = record;
    const kind = kindOf(record);
    const before = counts.get(kind) ?? 0;
    if (before < KEPT_PER_MINUTE_MAX) {
      counts.set(kind, before + 1);
      kept.push(record);
    } else surplus.set(kind, { topic, partition, reason, count: (surplus.get(kind)?.count ?? 0) + 1 });
  }
  return { kept, surplus: [...surplus.values()] };
}

async function addSurplus(db: Db, surplus: readonly Counted[]): Promise<void> {
  if (surplus.length === 0) return;
  await db.$executeRaw`
    insert into dead_letter_surplus (topic, partition, reason, minute, count)
    select topic, partition, reason, date_trunc('minute', now()), count
    from jsonb_to_recordset(${JSON.stringify(surplus)}::jsonb)
      as more (topic text, partition integer, reason text, count bigint)
    order by topic, partition, reason
    on conflict (topic, partition, reason, minute) do update set count = dead_letter_surplus.count + excluded.count`;
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
