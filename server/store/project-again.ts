import type { Touched } from "../contracts/live-room.ts";
import { type RowId, rowName } from "../domain/change.ts";
import { readImages } from "./change-images.ts";
import { lockRows } from "./changes.ts";
import type { Database, Db } from "./client.ts";
import type { ProjectRows } from "./project-rows.ts";

/** How many rows have been read again so far, and whether those were all. */
export type RefoldProgress = { rows: number; isDone: boolean };

export type RefoldParts = {
  database: Database;
  projectRows: ProjectRows;
  /** Of what rows are made into: another version than the last that finished reads all of them again. */
  version: number;
  /** Bound of one transaction. */
  rowsMax: number;
  touched(touched: Touched): void;
};

type Cursor = { after_system: string; after_entity: string; after_key: string; rows: number; finished_at: Date | null };

const TRANSACTION_MS_MAX = 60_000;

/**
 * Makes anew what stored rows mean, a portion at a time, in the order of their names. How far it is goes into the same
 * transaction, so that the next process goes on from there. `null` while another process is at it.
 */
export function createRefold({ database, projectRows, version, rowsMax, touched }: RefoldParts) {
  return async function refoldNext(): Promise<RefoldProgress | null> {
    await database.$executeRaw`insert into projection_refold (version) values (${version}) on conflict do nothing`;
    const done = await database.$transaction(
      async (db) => {
        const [cursor] = await db.$queryRaw<Cursor[]>`
          select after_system, after_entity, after_key, rows, finished_at
          from projection_refold where version = ${version} for update skip locked`;
        if (!cursor) return null;
        if (cursor.finished_at) return { rows: cursor.rows, isDone: true, found: null };
        const rows = await rowsAfter(db, cursor, rowsMax);
        const found = await projectAgain(db, projectRows, rows);
        const progress = { rows: cursor.rows + rows.length, isDone: rows.length < rowsMax };
        await moveCursor(db, version, rows.at(-1), progress);
        return { ...progress, found };
      },
      { maxWait: 10_000, timeout: TRANSACTION_MS_MAX },
    );
    if (done?.found) touched(done.found);
    return done && { rows: done.rows, isDone: done.isDone };
  };
}

export type RefoldNext = ReturnType<typeof createRefold>;

/** Rows that come later than this are made into what they mean by the code that runs now, wherever they stand. */
const rowsAfter = (db: Db, { after_system, after_entity, after_key }: Cursor, limit: number): Promise<RowId[]> =>
  db.$queryRaw<RowId[]>`
    select system, entity, key from cdc_snapshot
    where (system, entity, key) > (${after_system}, ${after_entity}, ${after_key})
    order by system, entity, key limit ${limit}::integer`;

async function projectAgain(db: Db, projectRows: ProjectRows, rows: readonly RowId[]): Promise<Touched | null> {
  if (rows.length === 0) return null;
  await lockRows(db, rows);
  const images = await readImages(db, rows);
  const stored = rows.map((row) => ({ row, image: images.get(rowName(row))!, history: null }));
  return projectRows(db, { moved: stored, unmoved: [] }, { isRefold: true });
}

async function moveCursor(db: Db, version: number, last: RowId | undefined, { rows, isDone }: RefoldProgress) {
  const name = last && { afterSystem: last.system, afterEntity: last.entity, afterKey: last.key };
  const finishedAt = isDone ? new Date() : null;
  await db.projectionRefold.update({ where: { version }, data: { ...name, rows, finishedAt } });
}
