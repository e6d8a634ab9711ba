import type { RowId } from "../domain/change.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { AppError } from "../platform/errors.ts";
import { PROJECTIONS } from "../projections/index.ts";
import { createProjector } from "../projections/projector.ts";
import type { StockReader } from "../services/stock/port.ts";
import { createPastObjects, type PastObjects } from "./as-of-objects.ts";
import { rowsChangedAfter } from "./as-of-rows.ts";
import { readPastStock } from "./as-of-stock.ts";
import { createPastStockReader } from "./as-of-stock-reader.ts";
import type { Database, Db } from "./client.ts";

/** A moment costs what has changed since: some milliseconds a row. So many may be undone. */
const CHANGED_ROWS_MAX = 200_000;
const TIMES_MAX = { maxWait: 10_000, timeout: 300_000 };

export type PastStore = { db: Db; objects: PastObjects; stock: StockReader };

/** Runs `work` over the stores as the changes up to the moment make them, all of it from one picture of the database. */
export async function withPastStore<T>(
  database: Database,
  atMs: number,
  work: (store: PastStore) => Promise<T>,
): Promise<T> {
  return database.$transaction(
    async (db) => {
      const changed = await changedSince(db, atMs);
      const objects = await createPastObjects(db, { projector: createProjector(PROJECTIONS), changed, atMs });
      const stock = createPastStockReader(db, await readPastStock(db, { changed, atMs }), objects);
      return work({ db, objects, stock });
    },
    { ...TIMES_MAX, isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead },
  );
}

async function changedSince(db: Db, atMs: number): Promise<RowId[]> {
  const changed = await rowsChangedAfter(db, atMs, CHANGED_ROWS_MAX);
  if (changed.length <= CHANGED_ROWS_MAX) return changed;
  throw new AppError("unprocessable", "there is no answer for this moment", {
    fields: [
      { path: "/asOf", message: `more than ${CHANGED_ROWS_MAX} rows have changed since: ask for a later moment` },
    ],
  });
}
