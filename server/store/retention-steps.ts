import type { Change } from "../domain/change.ts";
import type { RetentionKind } from "../domain/retention.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { timedFieldsOf } from "../projections/field-history.ts";
import { type OldChange, spentChanges } from "../projections/spent-changes.ts";
import type { Database, Db } from "./client.ts";
import { dropHistoryParts } from "./history-parts.ts";

const ROWS_A_STEP = 5_000;
const IMAGES_A_STEP = 200;

/** Removes some of what is older than `before`. `isDone` says that nothing is left to be removed. */
export type RetentionStep = (options: {
  database: Database;
  nowMs: number;
  days: number;
  /** All that is older may go. */
  before: Date;
  /** Up to when earlier rounds have removed. */
  since: Date;
  /** What the step before said, to go on from there. */
  place: string | null;
}) => Promise<{ removed: number; place: string | null; isDone: boolean }>;

/** Rows of one table that fit, some thousands at a time: no step holds locks for long. */
const byTime =
  (table: Prisma.Sql, isOld: (before: Date) => Prisma.Sql): RetentionStep =>
  async ({ database, before }) => {
    const removed = await database.$executeRaw`
      delete from ${table} where ctid = any(array(
        select ctid from ${table} where ${isOld(before)} limit ${ROWS_A_STEP}::integer))`;
    return { removed, place: null, isDone: removed < ROWS_A_STEP };
  };

/** The history goes by whole days, which costs nothing. Of the states made of it the newest before the first day stays. */
const readings: RetentionStep = async ({ database, nowMs, days, before }) => {
  const removed = await dropHistoryParts(database, nowMs, days);
  await database.$executeRaw`
    delete from history_keyframe as old
    where old.at < (select max(at) from history_keyframe as last
      where last.lane = old.lane and last.partition = old.partition and last.at <= ${before})`;
  return { removed, place: null, isDone: true };
};

/** Row by row of the sources: what their images and later moments still need of the old changes stays. */
const changes: RetentionStep = async ({ database, before, since, place }) => {
  const after = place === null ? ["", "", ""] : (JSON.parse(place) as string[]);
  const rows = await database.$queryRaw<{ system: string; entity: string; key: string }[]>`
    select distinct system, entity, key from cdc_change
    where commit_time >= ${since} and commit_time < ${before}
      and (system, entity, key) > (${after[0]}, ${after[1]}, ${after[2]})
    order by system, entity, key limit ${IMAGES_A_STEP}::integer`;
  const last = rows.at(-1);
  if (!last) return { removed: 0, place, isDone: true };
  const spent = await findSpent(database, rows, before);
  const removed = await database.$executeRaw`delete from cdc_change where id = any(${spent}::bigint[])`;
  return {
    removed,
    place: JSON.stringify([last.system, last.entity, last.key]),
    isDone: rows.length < IMAGES_A_STEP,
  };
};

type OldRow = Pick<Change, "system" | "entity" | "key" | "operation" | "position"> & {
  id: bigint;
  fields: Record<string, unknown>;
};

async function findSpent(
  db: Db,
  rows: readonly { system: string; entity: string; key: string }[],
  before: Date,
): Promise<bigint[]> {
  const found = await db.$queryRaw<OldRow[]>`
    select id, system, entity, key, operation, position, fields from cdc_change
    join unnest(${rows.map(({ system }) => system)}::text[], ${rows.map(({ entity }) => entity)}::text[],
      ${rows.map(({ key }) => key)}::text[]) as wanted (system, entity, key) using (system, entity, key)
    where commit_time < ${before}`;
  const byRow = new Map<string, OldChange[]>();
  for (const { id, ...change } of found) {
    const name = JSON.stringify([change.system, change.entity, change.key]);
    const own = byRow.get(name) ?? [];
    byRow.set(name, own);
    // Where a change came from does not matter to whether it is missed.
    own.push({ id, change: { ...change, commitTimeMs: 0, record: NO_RECORD } });
  }
  return [...byRow.values()].flatMap((own) => spentChanges(own, timedFieldsOf(own[0]!.change)));
}

const NO_RECORD: Change["record"] = { topic: "", partition: 0, offset: 0n, timestampMs: 0 };

export const RETENTION_STEPS: Record<RetentionKind, RetentionStep> = {
  readings,
  changes,
  dead_letters: byTime(Prisma.sql`dead_letter`, (before) => Prisma.sql`created_at < ${before} and status <> 'open'`),
  visits: byTime(Prisma.sql`visit`, (before) => Prisma.sql`left_at < ${before}`),
  estimates: byTime(Prisma.sql`eta_sample`, (before) => Prisma.sql`made_at < ${before}`),
  audit: byTime(Prisma.sql`audit_entry`, (before) => Prisma.sql`time < ${before}`),
};
