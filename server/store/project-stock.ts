import { rowName } from "../domain/change.ts";
import { type SourceRow, toSourceRow } from "../domain/source-row.ts";
import type { StockLevel } from "../domain/stock.ts";
import type { Logger } from "../platform/logger.ts";
import {
  addMovements,
  type LedgerMovement,
  type LedgerPart,
  type LedgerSum,
  type MovementChange,
  placeName,
  placesOf,
  type StockPlace,
  settleClaim,
  sumParts,
  toPlace,
} from "../projections/stock-levels.ts";
import { claimOf, type MovementClaim, type SnapshotClaim, snapshotOf } from "../projections/stock-movements.ts";
import { readImages } from "./change-images.ts";
import type { Db } from "./client.ts";
import { lockNames } from "./object-locks.ts";
import { readStoredLevels, type StoredLevel, writeLevels } from "./stock-levels.ts";
import { deleteMovements, readLedgerParts, readMovements, writeMovements } from "./stock-movements.ts";

/** What moved rows say of stock. */
export type StockClaims = { movements: MovementClaim[]; snapshots: SnapshotClaim[] };

export function findStockClaims(rows: readonly SourceRow[]): StockClaims {
  return {
    movements: rows.map(claimOf).filter((claim) => claim !== null),
    snapshots: rows.map(snapshotOf).filter((claim) => claim !== null),
  };
}

/** The names to lock before `projectStock`: two rows may tell the same movement. */
export const movementLocks = ({ movements }: StockClaims): string[] =>
  movements.map(({ id }) => `stock_movement:${id}`);

/**
 * Brings the ledger and the levels up to what the rows say, and returns the positions that changed. Each level is what
 * its movements sum up to, whatever came first: additions are added, everything else makes the sum anew.
 */
export async function projectStock(
  db: Db,
  logger: Logger,
  claims: StockClaims,
  { isRefold }: { isRefold: boolean },
): Promise<string[]> {
  const changes = await settle(db, claims.movements);
  const { gained, anew } = isRefold ? allAnew(changes, claims) : placesOf(changes);
  const places = [...gained.map(({ place }) => place), ...anew, ...claims.snapshots.map(toPlace)];
  if (places.length === 0) return [];
  const distinct = [...new Map(places.map((place) => [placeName(place), place])).values()];
  await lockNames(db, "stock", distinct.map(placeName));
  await writeChanges(db, changes);
  const levels = new Map(distinct.map((place): [string, StoredLevel] => [placeName(place), emptyLevel(place)]));
  for (const [name, level] of await readStoredLevels(db, distinct)) levels.set(name, level);

  for (const { place, added } of gained) {
    const level = levels.get(placeName(place))!;
    const sum = addMovements(level.sum, added);
    if (sum) level.sum = sum;
    else anew.push(place);
  }
  for (const { place, sum } of await sumLedgers(db, anew)) {
    levels.get(placeName(place))!.sum = sum;
    if (sum && sum.leftOut > 0) logger.warn(sum, "movements in another unit are left out of the stock");
  }
  for (const claim of claims.snapshots) levels.get(placeName(claim))!.snapshot = claim.snapshot;
  await writeLevels(db, [...levels.values()]);
  return [...new Set(distinct.map(positionOf))];
}

/** Every place that the claims name, also where no movement is another than it was: sums may be made otherwise now. */
function allAnew(changes: readonly MovementChange[], { movements }: StockClaims): ReturnType<typeof placesOf> {
  const named = [
    ...movements.map(({ movement }) => movement),
    ...changes.flatMap(({ before, after }) => [before, after]),
  ];
  const places = named.filter((movement) => movement !== null).map(toPlace);
  return { gained: [], anew: [...new Map(places.map((place) => [placeName(place), place])).values()] };
}

const emptyLevel = (place: StockPlace): StoredLevel => ({ place, sum: null, snapshot: null });

/** What the claims make of the stored movements, where that is another than they were. */
async function settle(db: Db, claims: readonly MovementClaim[]): Promise<MovementChange[]> {
  const ids = [...new Set(claims.map(({ id }) => id))];
  const stored = await readMovements(db, ids);
  const settled = new Map(stored);
  for (const claim of claims) {
    const movement = settleClaim(settled.get(claim.id) ?? null, claim);
    if (movement) settled.set(claim.id, movement);
    else settled.delete(claim.id);
  }
  await adoptOrphans(
    db,
    settled,
    ids.filter((id) => stored.has(id) && !settled.has(id)),
  );
  const changes = ids.map((id) => ({ before: stored.get(id) ?? null, after: settled.get(id) ?? null }));
  return changes.filter(({ before, after }) => (before && after ? nameOf(before) !== nameOf(after) : before !== after));
}

/** A line that MATDOC tells no more is left to MSEG, where that tells it too. */
async function adoptOrphans(db: Db, settled: Map<string, LedgerMovement>, ids: readonly string[]): Promise<void> {
  const rows = ids.map((key) => ({ system: "sap", entity: "MSEG", key }));
  const images = await readImages(db, rows);
  for (const row of rows) {
    const image = images.get(rowName(row));
    const claim = image ? claimOf(toSourceRow(row, image)) : null;
    const movement = claim && settleClaim(null, claim);
    if (movement) settled.set(row.key, movement);
  }
}

/** Tells two movements apart, whatever the order of their fields. */
const nameOf = (movement: LedgerMovement): string =>
  JSON.stringify(movement, (_, value: unknown) =>
    typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).sort()) : value,
  );

async function writeChanges(db: Db, changes: readonly MovementChange[]): Promise<void> {
  await writeMovements(
    db,
    changes.map(({ after }) => after).filter((after) => after !== null),
  );
  await deleteMovements(
    db,
    changes.flatMap(({ before, after }) => (before && !after ? [before.id] : [])),
  );
}

async function sumLedgers(
  db: Db,
  places: readonly StockPlace[],
): Promise<{ place: StockPlace; sum: LedgerSum | null }[]> {
  const parts = new Map<string, LedgerPart[]>(places.map((place) => [placeName(place), []]));
  for (const { place, part } of await readLedgerParts(db, places)) parts.get(placeName(place))!.push(part);
  return places.map((place) => ({ place, sum: sumParts(place, parts.get(placeName(place))!) }));
}

/** `<client>:<material>@<site>`. */
export const positionOf = ({ client, material, site }: Pick<StockLevel, "client" | "material" | "site">): string =>
  `${client}:${material}@${site}`;
