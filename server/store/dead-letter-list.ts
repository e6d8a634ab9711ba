import type { Prisma } from "../generated/prisma/client.ts";
import type { DeadLetterFilter, DeadLetterPlace, DeadLetterReader, StoredDeadLetter } from "../services/ports.ts";
import type { Db } from "./client.ts";
import { recordRefOf } from "./record-ref.ts";

/** A page carries the original bytes, so it ends early when they are many. */
const PAGE_BYTES_MAX = 8_000_000;

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
      const chosen = withinBytes(heads.slice(0, limit));
      if (chosen.length === 0) return { deadLetters: [], more: false };

      const rows = await db.deadLetter.findMany({ where: { OR: chosen.map(keyOf) }, orderBy });
      return { deadLetters: rows.map(toStored), more: heads.length > chosen.length };
    },
  };
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

/** As many from the front as fit, and always the first. */
function withinBytes<Head extends { sizeBytes: number }>(heads: Head[]): Head[] {
  let bytes = 0;
  const end = heads.findIndex((head) => {
    bytes += head.sizeBytes;
    return bytes > PAGE_BYTES_MAX;
  });
  return end === -1 ? heads : heads.slice(0, Math.max(1, end));
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
