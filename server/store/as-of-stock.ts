import { type RowId, rowName } from "../domain/change.ts";
import { type SourceRow, toSourceRow } from "../domain/source-row.ts";
import type { StockLevel } from "../domain/stock.ts";
import {
  type LedgerMovement,
  type LedgerPart,
  type MovementChange,
  partOf,
  placeName,
  type StockPlace,
  settleClaim,
  sumParts,
  toPlace,
} from "../projections/stock-levels.ts";
import { claimOf, MOVEMENT_ENTITIES, type MovementClaim, snapshotOf } from "../projections/stock-movements.ts";
import { pastRows } from "./as-of-rows.ts";
import { readImages } from "./change-images.ts";
import type { Db } from "./client.ts";
import { readStoredLevels, type StoredLevel } from "./stock-levels.ts";
import { readLedgerParts, readMovements } from "./stock-movements.ts";

const ROWS_AT_ONCE = 500;
const ENTITIES: readonly string[] = [...MOVEMENT_ENTITIES, "MARD"];

/** What is another in the ledger and its sums now than it was at the moment. */
export type PastStock = {
  /** Movements with what they are now and were then. */
  changes: readonly MovementChange[];
  /** Levels as they were then, by place: none where nothing was counted. */
  levels: ReadonlyMap<string, { place: StockPlace; level: StoredLevel }>;
};

/** Undoes what rows that changed after the moment say of stock; places that none of them names are as they were. */
export async function readPastStock(
  db: Db,
  { changed, atMs }: { changed: readonly RowId[]; atMs: number },
): Promise<PastStock> {
  const rows = changed.filter(({ system, entity }) => system === "sap" && ENTITIES.includes(entity));
  const names = new Set(rows.map(rowName));
  const changes: MovementChange[] = [];
  const places = new Map<string, StockPlace>();
  const snapshots = new Map<string, StockLevel["snapshot"]>();
  for (const some of slices(rows)) {
    const [now, then] = [await rowsNow(db, some), await pastRows(db, some, atMs)];
    changes.push(...(await settleThen(db, { rows: some, names, now, then, atMs })));
    for (const row of some) {
      const claim = snapshotOf(then.get(rowName(row)) ?? now.get(rowName(row)) ?? EMPTY_ROW);
      if (!claim) continue;
      places.set(placeName(claim), toPlace(claim));
      snapshots.set(placeName(claim), then.has(rowName(row)) ? claim.snapshot : null);
    }
  }
  const ledger = distinctById(changes);
  for (const { before, after } of ledger)
    for (const movement of [before, after]) if (movement) places.set(placeName(movement), toPlace(movement));
  return { changes: ledger, levels: await levelsThen(db, [...places.values()], ledger, snapshots) };
}

async function rowsNow(db: Db, rows: readonly RowId[]): Promise<Map<string, SourceRow>> {
  const images = await readImages(db, rows);
  return new Map(
    rows.flatMap((row) => {
      const image = images.get(rowName(row));
      return image ? [[rowName(row), toSourceRow(row, image)] as const] : [];
    }),
  );
}

type Settled = {
  rows: readonly RowId[];
  names: ReadonlySet<string>;
  now: ReadonlyMap<string, SourceRow>;
  then: ReadonlyMap<string, SourceRow>;
  atMs: number;
};

/** The movements of these rows: as stored, and as the rows of the moment and those that have not changed tell them. */
async function settleThen(db: Db, { rows, names, now, then, atMs }: Settled): Promise<MovementChange[]> {
  const ids = new Set<string>();
  for (const row of rows) {
    const claim = claimOf(then.get(rowName(row)) ?? now.get(rowName(row)) ?? EMPTY_ROW);
    if (claim) ids.add(claim.id);
  }
  const stored = await readMovements(db, [...ids]);
  const claims = await claimsThen(db, [...ids], { names, then, atMs });
  return [...ids].map((id) => {
    const before = stored.get(id) ?? null;
    const isSame = before !== null && !names.has(rowName({ system: "sap", ...before.source }));
    let after: LedgerMovement | null = isSame ? before : null;
    for (const claim of claims.get(id) ?? []) after = settleClaim(after, claim);
    return { before, after };
  });
}

/**
 * What the rows that may tell these movements said: MSEG, whose key is the movement's name, and MATDOC, whose key has the
 * record type behind it.
 */
async function claimsThen(
  db: Db,
  ids: readonly string[],
  { names, then, atMs }: Pick<Settled, "names" | "then" | "atMs">,
): Promise<Map<string, MovementClaim[]>> {
  const tellers = await db.$queryRaw<RowId[]>`
    select system, entity, key from cdc_snapshot
    where system = 'sap' and entity = 'MSEG' and key = any(${[...ids]}::text[])
    union all
    select system, entity, key from cdc_snapshot
    where system = 'sap' and entity = 'MATDOC'
      and key in (select id || '|MDOC' from unnest(${[...ids]}::text[]) as id union all select unnest(${[...ids]}::text[]))`;
  const changed = tellers.filter((row) => names.has(rowName(row)));
  const same = tellers.filter((row) => !names.has(rowName(row)));
  const rows = new Map([...then, ...(await pastRows(db, changed, atMs)), ...(await rowsNow(db, same))]);
  const claims = new Map<string, MovementClaim[]>();
  for (const claim of [...rows.values()].map(claimOf)) {
    if (claim) claims.set(claim.id, [...(claims.get(claim.id) ?? []), claim]);
  }
  return claims;
}

async function levelsThen(
  db: Db,
  places: readonly StockPlace[],
  changes: readonly MovementChange[],
  snapshots: ReadonlyMap<string, StockLevel["snapshot"]>,
): Promise<PastStock["levels"]> {
  const ids = changes.flatMap(({ before }) => before?.id ?? []);
  const parts = new Map<string, LedgerPart[]>(places.map((place) => [placeName(place), []]));
  for (const { place, part } of await readLedgerParts(db, places, ids)) parts.get(placeName(place))!.push(part);
  for (const { after } of changes) if (after) parts.get(placeName(after))!.push(partOf(after));
  const stored = await readStoredLevels(db, places);
  return new Map(
    places.map((place) => {
      const name = placeName(place);
      const snapshot = snapshots.has(name) ? snapshots.get(name)! : (stored.get(name)?.snapshot ?? null);
      return [name, { place, level: { place, sum: sumParts(place, parts.get(name)!), snapshot } }];
    }),
  );
}

/** Two rows of one movement may be in two slices. */
const distinctById = (changes: readonly MovementChange[]): MovementChange[] => [
  ...new Map(changes.map((change) => [(change.before ?? change.after)?.id ?? "", change])).values(),
];

const EMPTY_ROW: SourceRow = {
  ...{ system: "", entity: "", key: "", fields: {}, positions: {}, position: "", deleted: false, stale: false },
  record: { topic: "", partition: 0, offset: 0n, timestampMs: 0 },
};

function* slices<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let start = 0; start < items.length; start += ROWS_AT_ONCE) yield items.slice(start, start + ROWS_AT_ONCE);
}
