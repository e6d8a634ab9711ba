import type { Prisma } from "../generated/prisma/client.ts";
import type { DeadLetterGroupRow } from "../services/dead-letter/port.ts";
import type { DeadLetterFilter, DeadLetterPlace, DeadLetterReader, StoredDeadLetter } from "../services/ports.ts";
import type { Db } from "./client.ts";
import { recordRefOf } from "./record-ref.ts";

/** A page carries the original bytes, so it ends early when they are many. */
const PAGE_BYTES_MAX = 8_000_000;

const GROUPS_MAX = 1_000;

type Row = Prisma.DeadLetterModel;
type RowKey = Pick<Row, "topic" | "partition" | "recordOffset">;

export function createDeadLetterReader(db: Db): DeadLetterReader {
  return {
    async get({ topic, partition, offset }) {
      const row = await db.deadLetter.findUnique({
        where: { topic_partition_recordOffset: { topic, partition, recordOffset: offset } },
      });
      return row && toStored(row);
    },

    async list(filter, { after, limit }) {
      const where = { AND: [matching(filter), after ? olderThan(after) : {}] };
      const orderBy = [
        { createdAt: "desc" as const },
        { topic: "asc" as const },
        { partition: "asc" as const },
        { recordOffset: "asc" as const },
      ];
      const select = { topic: true, partition: true, recordOffset: true, sizeBytes: true };
      const heads = await db.deadLetter.findMany({ where, orderBy, select, take: limit + 1 });
      const chosen = withinBytes(heads.slice(0, limit), PAGE_BYTES_MAX);
      if (chosen.length === 0) return { deadLetters: [], more: false };

      const rows = await db.deadLetter.findMany({ where: { OR: chosen.map(keyOf) }, orderBy });
      return { deadLetters: rows.map(toStored), more: heads.length > chosen.length };
    },

    groups: () => readGroups(db),
  };
}

type GroupRow = Omit<DeadLetterGroupRow, "newest"> & { partition: number; recordOffset: bigint };

async function readGroups(db: Db): Promise<DeadLetterGroupRow[]> {
  const rows = await db.$queryRaw<GroupRow[]>`
    with counted as (
      select reason, topic, count(*)::int as count, max(created_at) as "newestAt", min(created_at) as "firstAt"
      from dead_letter where status = 'open' group by reason, topic
    )
    select counted.reason, counted.topic, counted.count, counted."newestAt",
      (select coalesce(sum(count), 0)::float8 from dead_letter_surplus as more
        where more.reason = counted.reason and more.topic = counted.topic
          and more.minute >= date_trunc('minute', counted."firstAt")) as "notKept",
      last.partition, last.record_offset as "recordOffset", last.message
    from counted cross join lateral (
      select partition, record_offset, message from dead_letter
      where status = 'open' and reason = counted.reason and topic = counted.topic and created_at = counted."newestAt"
      order by partition, record_offset limit 1
    ) as last
    order by "newestAt" desc, reason, topic limit ${GROUPS_MAX}`;
  return rows.map(({ partition, recordOffset, ...group }) => ({
    ...group,
    newest: { topic: group.topic, partition, offset: recordOffset },
  }));
}

function matching({ status, reason, topic }: DeadLetterFilter): Prisma.DeadLetterWhereInput {
  return { ...(status && { status }), ...(reason && { reason }), ...(topic && { topic }) };
}

/** Strictly after a place in the order newest first, then by topic, partition and offset. */
function olderThan({ createdAt, topic, partition, offset }: DeadLetterPlace): Prisma.DeadLetterWhereInput {
  return {
    OR: [
      { createdAt: { lt: createdAt } },
      { createdAt, topic: { gt: topic } },
      { createdAt, topic, partition: { gt: partition } },
      { createdAt, topic, partition, recordOffset: { gt: offset } },
    ],
  };
}

/** Their rows with the bytes, in no order. */
export async function readDeadLetters(db: Db, keys: readonly RowKey[]): Promise<StoredDeadLetter[]> {
  if (keys.length === 0) return [];
  return (await db.deadLetter.findMany({ where: { OR: keys.map(keyOf) } })).map(toStored);
}

/** As many from the front as fit, and always the first. */
export function withinBytes<Head extends { sizeBytes: number }>(heads: readonly Head[], bytesMax: number): Head[] {
  let bytes = 0;
  const end = heads.findIndex((head) => {
    bytes += head.sizeBytes;
    return bytes > bytesMax;
  });
  return end === -1 ? [...heads] : heads.slice(0, Math.max(1, end));
}

const keyOf = ({ topic, partition, recordOffset }: RowKey) => ({ topic, partition, recordOffset });

function toStored(row: Row): StoredDeadLetter {
  return {
    record: recordRefOf(row),
    lane: row.lane as StoredDeadLetter["lane"],
    connector: row.connector,
    stage: row.stage as StoredDeadLetter["stage"],
    reason: row.reason,
    message: row.message,
    fields: row.fields as StoredDeadLetter["fields"],
    key: row.key,
    value: row.value,
    headers: row.headers as StoredDeadLetter["headers"],
    sizeBytes: row.sizeBytes,
    status: row.status as StoredDeadLetter["status"],
    attempts: row.attempts as StoredDeadLetter["attempts"],
    createdAt: row.createdAt,
  };
}
