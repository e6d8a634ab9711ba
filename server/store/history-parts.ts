import type { Database, Db } from "./client.ts";

const DAY_MS = 86_400_000;
const DAYS_AHEAD = 3;
/** Both are kept by day: readings as they came, and sorted by vehicle. */
const TABLES = ["history_segment", "history_chunk"] as const;
const PART_NAME = /^history_(?:segment|chunk)_(\d{8})$/;
// One number for the advisory lock: two processes that start together must not make the same part at once.
const PARTS_LOCK = 5_190_371;

/** Makes the daily parts of the history from today on. */
export async function makeHistoryParts(database: Database, nowMs: number): Promise<void> {
  await database.$transaction(async (db) => {
    await lockParts(db);
    for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++)
      for (const table of TABLES) await makePart(db, table, nowMs + ahead * DAY_MS);
  });
}

/**
 * Drops the daily parts that are older than the retention. A part that still holds segments which no state row covers is
 * kept: they are the redo log of a partition that has been quiet since. Returns how many readings are gone.
 */
export async function dropHistoryParts(database: Database, nowMs: number, retentionDays: number): Promise<number> {
  return database.$transaction(async (db) => {
    await lockParts(db);
    const oldest = digitsOf(nowMs - retentionDays * DAY_MS);
    let removed = 0;
    for (const part of await partNames(db)) {
      const day = PART_NAME.exec(part)?.[1];
      if (!day || day >= oldest || !(await isFolded(db, part))) continue;
      removed += await readingsIn(db, part);
      await db.$executeRawUnsafe(`drop table parts.${part}`);
    }
    return removed + (await deleteFromDefault(db, oldest));
  });
}

const lockParts = (db: Db) => db.$queryRaw`select 1 from (select pg_advisory_xact_lock(${PARTS_LOCK})) as locked`;

async function readingsIn(db: Db, part: string): Promise<number> {
  const [row] = await db.$queryRawUnsafe<{ rows: bigint }[]>(
    `select coalesce(sum(rows), 0)::bigint as rows from parts.${part}`,
  );
  return Number(row!.rows);
}

/**
 * Names and bounds of a table cannot be parameters; here they are made of digits alone. A day of which the default part
 * holds something already (the parts could not be made in time) stays there: the database would refuse its own part.
 */
async function makePart(db: Db, table: (typeof TABLES)[number], ms: number): Promise<void> {
  const [from, to] = [digitsOf(ms), digitsOf(ms + DAY_MS)];
  const begun = await db.$queryRawUnsafe<unknown[]>(
    `select 1 from parts.${table}_default where day = '${from}'::date limit 1`,
  );
  if (begun.length > 0) return;
  await db.$executeRawUnsafe(
    `create table if not exists parts.${table}_${from} partition of ${table} for values from ('${from}') to ('${to}')`,
  );
}

async function partNames(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'parts' order by tablename`;
  return rows.map(({ name }) => name).filter((name) => PART_NAME.test(name));
}

async function isFolded(db: Db, part: string): Promise<boolean> {
  if (part.startsWith("history_chunk")) return true;
  const rows = await db.$queryRawUnsafe<unknown[]>(
    `select 1 from parts.${part} as segment
     left join checkpoint using (lane, partition)
     where segment.sequence > coalesce(checkpoint.sequence, 0) limit 1`,
  );
  return rows.length === 0;
}

/** The default parts cannot be dropped: what is too old, and no redo log, is deleted from them. */
async function deleteFromDefault(db: Db, oldest: string): Promise<number> {
  const [segments] = await db.$queryRaw<{ rows: bigint }[]>`
    with gone as (
      delete from parts.history_segment_default as segment using checkpoint
      where segment.day < ${oldest}::text::date and checkpoint.lane = segment.lane
        and checkpoint.partition = segment.partition and segment.sequence <= checkpoint.sequence
      returning rows)
    select coalesce(sum(rows), 0)::bigint as rows from gone`;
  const [chunks] = await db.$queryRaw<{ rows: bigint }[]>`
    with gone as (delete from parts.history_chunk_default where day < ${oldest}::text::date returning rows)
    select coalesce(sum(rows), 0)::bigint as rows from gone`;
  return Number(segments!.rows + chunks!.rows);
}

/** `YYYYMMDD` in UTC, which PostgreSQL reads as a date as well. */
const digitsOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10).replaceAll("-", "");
