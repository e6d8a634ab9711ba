import { isoTime } from "../platform/clock.ts";
import type { DeadLetterWriter } from "../services/ports.ts";
import type { Db } from "./client.ts";
import { createDeadLetterReader, readDeadLetters, withinBytes } from "./dead-letter-list.ts";

export function createDeadLetterWriter(db: Db): DeadLetterWriter {
  return {
    get: createDeadLetterReader(db).get,

    async settle({ topic, partition, offset }, status, attempt) {
      const attempts = JSON.stringify([attempt]);
      const moved = await db.$executeRaw`
        update dead_letter set status = ${status}, attempts = attempts || ${attempts}::jsonb
        where topic = ${topic} and partition = ${partition} and record_offset = ${offset} and status = 'open'`;
      return moved === 1;
    },

    async reopen({ topic, partition, offset }, attempt) {
      const attempts = JSON.stringify([attempt]);
      const moved = await db.$executeRaw`
        update dead_letter set status = 'open', attempts = attempts || ${attempts}::jsonb
        where topic = ${topic} and partition = ${partition} and record_offset = ${offset} and status = 'discarded'`;
      return moved === 1;
    },

    async nextOf({ reason, topic = null, startedAt }, { limit, bytesMax }) {
      // One that somebody else has in hand just now is left to them: the next call counts again.
      const heads = await db.$queryRaw<Head[]>`
        select topic, partition, record_offset as "recordOffset", size_bytes as "sizeBytes",
          count(*) over ()::int as total
        from dead_letter
        where status = 'open' and reason = ${reason} and (${topic}::text is null or topic = ${topic})
          and created_at <= ${startedAt} and coalesce(attempts -> -1 ->> 'time', '') < ${isoTime(startedAt.getTime())}
        order by created_at, topic, partition, record_offset limit ${limit}`;
      const locked = await lock(db, withinBytes(heads, bytesMax));
      return { next: await readDeadLetters(db, locked), total: heads[0]?.total ?? 0 };
    },
  };
}

type Place = { topic: string; partition: number; recordOffset: bigint };
type Head = Place & { sizeBytes: number; total: number };

async function lock(db: Db, heads: readonly Head[]): Promise<Place[]> {
  if (heads.length === 0) return [];
  const [topics, partitions] = [heads.map(({ topic }) => topic), heads.map(({ partition }) => partition)];
  const offsets = heads.map(({ recordOffset }) => recordOffset);
  return db.$queryRaw<Place[]>`
    select topic, partition, record_offset as "recordOffset" from dead_letter
    where status = 'open' and (topic, partition, record_offset) in (
      select * from unnest(${topics}::text[], ${partitions}::int[], ${offsets}::bigint[]))
    for update skip locked`;
}
