import type { Database, Db } from "./client.ts";

const DAY_MS = 86_400_000;
const DAYS_AHEAD = 3;
const PART_NAME = /^history_segment_(\d{8})$/;
// One number for the advisory lock: two processes that start together must not make the same part at once.
const PARTS_LOCK = 5_190_371;

/**
 * Makes the daily parts of the history from today on, and drops those older than the retention. A part that still holds
 * segments which no state row covers is kept: they are the redo log of a partition that has been quiet since.
 */
export async function keepHistoryParts(database: Database, nowMs: number, retentionDays: number): Promise<void> {
  await database.$transaction(async (db) => {
    await db.$queryRaw`select 1 from (select pg_advisory_xact_lock(${PARTS_LOCK})) as locked`;
    for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) await makePart(db, nowMs + ahead * DAY_MS);
    const oldest = digitsOf(nowMs - retentionDays * DAY_MS);
    for (const part of await partNames(db)) {
      const day = PART_NAME.exec(part)?.[1];
      if (day && day < oldest && (await isFolded(db, part))) await db.$executeRawUnsafe(`drop table parts.${part}`);
    }
    await deleteFromDefault(db, oldest);
  });
}

/**
 * Names and bounds of a table cannot be parameters; here they are made of digits alone. A day of which the default part
 * holds something already (the parts could not be made in time) stays there: the database would refuse its own part.
 */
async function makePart(db: Db, ms: number): Promise<void> {
  const [from, to] = [digitsOf(ms), digitsOf(ms + DAY_MS)];
  const begun = await db.$queryRaw<unknown[]>`
    select 1 from parts.history_segment_default where day = ${from}::text::date limit 1`;
  if (begun.length > 0) return;
  await db.$executeRawUnsafe(
    `create table if not exists parts.history_segment_${from} partition of history_segment for values from ('${from}') to ('${to}')`,
  );
}

async function partNames(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'parts' order by tablename`;
  return rows.map(({ name }) => name).filter((name) => PART_NAME.test(name));
}

async function isFolded(db: Db, part: string): Promise<boolean> {
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `select 1 from parts.${part} as segment
     left join checkpoint using (lane, partition)
     where segment.sequence > coalesce(checkpoint.sequence, 0) limit 1`,
  );
  return rows.length === 0;
}

/** The default part cannot be dropped: what is too old, and no redo log, is deleted from it. */
async function deleteFromDefault(db: Db, oldest: string): Promise<void> {
  await db.$executeRaw`
    delete from parts.history_segment_default as segment using checkpoint
    where segment.day < ${oldest}::text::date and checkpoint.lane = segment.lane
      and checkpoint.partition = segment.partition and segment.sequence <= checkpoint.sequence`;
}

/** `YYYYMMDD` in UTC, which PostgreSQL reads as a date as well. */
const digitsOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10).replaceAll("-", "");
