import { type Change, changeName, type RowId, rowName, type WideGap } from "../domain/change.ts";
import { type ChangeImage, mergeChange } from "../domain/change-image.ts";
import { asJson } from "./as-json.ts";
import { readImages, writeImages } from "./change-images.ts";
import type { Db } from "./client.ts";

export type ChangeOutcome = "applied" | "late" | "repeated";

/** A row's image as it is now stored. `history` is all that is known of a row that was not there before. */
export type RowImage = { row: RowId; image: ChangeImage; history: readonly Change[] | null };

/** What became of each change, in their order, the images that moved, and those whose history alone has grown. */
export type AppliedChanges = { outcomes: ChangeOutcome[]; moved: RowImage[]; unmoved: RowImage[] };

/**
 * Stores changes in the history, folds them into their images and says what became of each, all in the caller's
 * transaction. Rows are locked first, in one order: two processes that hold changes of one row lose nothing.
 */
export async function applyChanges(db: Db, changes: readonly Change[]): Promise<AppliedChanges> {
  if (changes.length === 0) return { outcomes: [], moved: [], unmoved: [] };
  const rows = [...new Map(changes.map((change) => [rowName(change), rowIdOf(change)])).values()];
  await lockRows(db, rows);
  const fresh = await insertChanges(db, changes);
  const images = await readImages(db, rows);
  const merged = mergeAll(changes, fresh, images);
  await writeImages(db, merged.touched);
  await markLate(db, merged.late);
  return { outcomes: merged.outcomes, moved: merged.moved, unmoved: merged.unmoved };
}

/**
 * Marks every known image whose key has the prefix as stale, unless it has come whole since. Rows first seen later are
 * not marked. Held against all other writers of the entity, because it cannot know which rows they have in hand.
 */
export async function applyWideGaps(db: Db, gaps: readonly WideGap[]): Promise<ChangeOutcome[]> {
  const outcomes: ChangeOutcome[] = [];
  for (const gap of gaps) {
    const { system, entity, keyPrefix, position } = gap;
    await db.$executeRaw`select pg_advisory_xact_lock(${LOCK_ENTITY}::int, hashtext(${`${system}.${entity}`}))`;
    const fresh = await insertChanges(db, [{ ...gap, key: `${keyPrefix}*`, operation: "gap", fields: {} }]);
    if (fresh.size > 0) {
      await db.$executeRaw`
        update cdc_snapshot set
          positions = positions || jsonb_build_object('gap', ${position}::text),
          stale = ${position} collate "C" > (positions ->> 'whole')
        where system = ${system} and entity = ${entity} and starts_with(key, ${keyPrefix})
          and (positions ->> 'gap') collate "C" < ${position}`;
    }
    outcomes.push(fresh.size > 0 ? "applied" : "repeated");
  }
  return outcomes;
}

// Classes of advisory locks: of a whole entity, and of rows. Rows share so many locks at most that no transaction can
// fill the server's lock table.
const LOCK_ENTITY = 4201;
const LOCK_ROW = 4202;
const ROW_LOCK_MASK = 2047;

/** Until the transaction ends. Both kinds in rising order, so that two transactions never wait for each other in a ring. */
export async function lockRows(db: Db, rows: readonly RowId[]): Promise<void> {
  const entities = [...new Set(rows.map(({ system, entity }) => `${system}.${entity}`))];
  await db.$executeRaw`
    select pg_advisory_xact_lock_shared(${LOCK_ENTITY}::int, lock)
    from (select distinct hashtext(name) as lock from unnest(${entities}::text[]) as name order by 1) as sorted`;
  await db.$executeRaw`
    select pg_advisory_xact_lock(${LOCK_ROW}::int, lock)
    from (
      select distinct hashtext(name) & ${ROW_LOCK_MASK}::int as lock
      from unnest(${rows.map(rowName)}::text[]) as name order by 1
    ) as sorted`;
}

/** Returns the names of those that were not known. Of two with the same name in one call the first is kept. */
async function insertChanges(db: Db, changes: readonly Change[]): Promise<Set<string>> {
  const sent = new Set(changes.map(changeName));
  // One JSON text instead of an array a column: the driver spends half as much on a row. As a rule all of them are new,
  // and none has to be named.
  const [found] = await db.$queryRaw<{ count: number; fresh: string | null }[]>`
    with inserted as (insert into cdc_change (system, entity, key, position, operation, commit_time, fields,
      topic, partition, record_offset, record_timestamp)
    select system, entity, key, position, operation, commit_time, fields,
      topic, partition, record_offset, record_timestamp
    from jsonb_to_recordset(${asJson(changes.map(toRow))}) as received (
      system text, entity text, key text, position text, operation text, commit_time timestamptz, fields jsonb,
      topic text, partition integer, record_offset bigint, record_timestamp timestamptz)
    on conflict (system, entity, key, position) do nothing
    returning system, entity, key, position)
    select count(*)::integer as count, (
      select json_agg(inserted)::text from inserted where (select count(*) from inserted) < ${sent.size}::integer
    ) as fresh from inserted`;
  if (found!.count === sent.size) return sent;
  return new Set((JSON.parse(found!.fresh ?? "[]") as (RowId & { position: string })[]).map(changeName));
}

function toRow({ system, entity, key, position, operation, commitTimeMs, fields, record }: Change) {
  return {
    ...{ system, entity, key, position, operation, fields },
    commit_time: new Date(commitTimeMs),
    topic: record.topic,
    partition: record.partition,
    record_offset: String(record.offset),
    record_timestamp: new Date(record.timestampMs),
  };
}

/** Pure: folds what is fresh into the images, in the order it came. */
function mergeAll(changes: readonly Change[], fresh: ReadonlySet<string>, images: Map<string, ChangeImage>) {
  const unseen = new Set(fresh);
  const histories = new Map<string, Change[]>();
  const touched = new Map<string, RowImage>();
  const movedRows = new Set<string>();
  const late: Change[] = [];
  const outcomes = changes.map((change): ChangeOutcome => {
    if (!unseen.delete(changeName(change))) return "repeated";
    const name = rowName(change);
    if (!images.has(name)) histories.set(name, []);
    histories.get(name)?.push(change);
    const { image, moved } = mergeChange(images.get(name) ?? null, change);
    images.set(name, image);
    touched.set(name, { row: rowIdOf(change), image, history: histories.get(name) ?? null });
    if (moved) movedRows.add(name);
    else late.push(change);
    return moved ? "applied" : "late";
  });
  const moved = [...touched].filter(([name]) => movedRows.has(name)).map(([, entry]) => entry);
  const unmoved = [...touched].filter(([name]) => !movedRows.has(name)).map(([, entry]) => entry);
  return { outcomes, late, moved, unmoved, touched: [...touched.values()] };
}

/** Few changes are late, so this second look at a row costs less than knowing it before the insert would. */
async function markLate(db: Db, late: readonly Change[]): Promise<void> {
  if (late.length === 0) return;
  const column = (pick: (change: Change) => string): string[] => late.map(pick);
  await db.$executeRaw`
    update cdc_change set late = true
    from unnest(
      ${column((change) => change.system)}::text[],
      ${column((change) => change.entity)}::text[],
      ${column((change) => change.key)}::text[],
      ${column((change) => change.position)}::text[]
    ) as arrived (system, entity, key, position)
    where cdc_change.system = arrived.system and cdc_change.entity = arrived.entity
      and cdc_change.key = arrived.key and cdc_change.position = arrived.position`;
}

const rowIdOf = ({ system, entity, key }: RowId): RowId => ({ system, entity, key });
