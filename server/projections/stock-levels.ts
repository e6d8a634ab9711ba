import Big from "big.js";
import type { FactRecord } from "../domain/business-object.ts";
import { STOCK_TYPES, type StockLevel, type StockMovement, type StockType } from "../domain/stock.ts";
import type { MovementClaim, MovementSource } from "./stock-movements.ts";

export type StockPlace = Pick<StockLevel, "client" | "material" | "site" | "storageLocation">;
export type LedgerMovement = StockMovement & { source: MovementSource };

/**
 * The sum of the movements of one place. It counts one unit, that of its earliest movement; what is in another is left
 * out of the sums and only counted.
 */
export type LedgerSum = StockPlace & {
  unit: string;
  quantities: Record<StockType, string>;
  movements: number;
  leftOut: number;
  lastMovementAtMs: number;
  record: FactRecord;
};

/** Some movements of one place that have unit and stock type in common. */
export type LedgerPart = {
  unit: string;
  stockType: StockType;
  quantity: string;
  movements: number;
  first: { atMs: number; id: string };
  lastAtMs: number;
  record: FactRecord;
};

export const placeName = ({ client, material, site, storageLocation }: StockPlace): string =>
  JSON.stringify([client, material, site, storageLocation]);

/** Of all movements of a place, in no order; `null` of none. */
export function sumParts(place: StockPlace, parts: readonly LedgerPart[]): LedgerSum | null {
  if (parts.length === 0) return null;
  const { unit } = parts.reduce((first, part) => (isEarlier(part.first, first.first) ? part : first));
  const counted = parts.filter((part) => part.unit === unit);
  const quantities: Record<StockType, string> = {
    unrestricted: "0",
    qualityInspection: "0",
    blocked: "0",
    inTransit: "0",
  };
  for (const { stockType, quantity } of counted) quantities[stockType] = plus(quantities[stockType], quantity);
  return {
    ...toPlace(place),
    ...{ unit, quantities },
    movements: countOf(counted),
    leftOut: countOf(parts) - countOf(counted),
    lastMovementAtMs: Math.max(...counted.map(({ lastAtMs }) => lastAtMs)),
    record: parts.map(({ record }) => record).reduce((newest, record) => (isNewer(record, newest) ? record : newest)),
  };
}

/** A sum with movements more; `null` where units differ, and the whole ledger of the place has to be asked. */
export function addMovements(sum: LedgerSum | null, added: readonly StockMovement[]): LedgerSum | null {
  const unit = sum?.unit ?? added[0]!.unit;
  if ((sum && sum.leftOut > 0) || added.some((movement) => movement.unit !== unit)) return null;
  const more = sumParts(added[0]!, added.map(partOf))!;
  if (!sum) return more;
  return {
    ...sum,
    quantities: mapTypes((type) => plus(sum.quantities[type], more.quantities[type])),
    movements: sum.movements + more.movements,
    lastMovementAtMs: Math.max(sum.lastMovementAtMs, more.lastMovementAtMs),
    record: isNewer(more.record, sum.record) ? more.record : sum.record,
  };
}

export const partOf = ({ unit, stockType, quantity, id, postedAtMs, record }: StockMovement): LedgerPart => ({
  ...{ unit, stockType, quantity, movements: 1, record },
  first: { atMs: postedAtMs, id },
  lastAtMs: postedAtMs,
});

/** What becomes of a stored movement by what a row says of it. */
export function settleClaim(stored: LedgerMovement | null, { source, movement }: MovementClaim): LedgerMovement | null {
  if (movement === null) return stored && isSame(stored.source, source) ? null : stored;
  const isOutranked = stored !== null && !isSame(stored.source, source) && rank(stored.source) > rank(source);
  return isOutranked ? stored : { ...movement, source };
}

/** MATDOC before MSEG: by name. */
const rank = ({ entity, key }: MovementSource): string => JSON.stringify([entity === "MATDOC" ? 1 : 0, key]);
const isSame = (a: MovementSource, b: MovementSource): boolean => a.entity === b.entity && a.key === b.key;

export type MovementChange = { before: LedgerMovement | null; after: LedgerMovement | null };

/** Which places changes touch: those that only gain movements, with these, and those whose sum has to be made anew. */
export function placesOf(changes: readonly MovementChange[]) {
  const gained = new Map<string, { place: StockPlace; added: LedgerMovement[] }>();
  const anew = new Map<string, StockPlace>();
  for (const { before, after } of changes) {
    if (before)
      for (const movement of after ? [before, after] : [before]) anew.set(placeName(movement), toPlace(movement));
    else if (after) {
      const known = gained.get(placeName(after)) ?? { place: toPlace(after), added: [] };
      known.added.push(after);
      gained.set(placeName(after), known);
    }
  }
  for (const name of anew.keys()) gained.delete(name);
  return { gained: [...gained.values()], anew: [...anew.values()] };
}

export const toPlace = ({ client, material, site, storageLocation }: StockPlace): StockPlace => ({
  ...{ client, material, site, storageLocation },
});

/** With as many places as the more precise of the two. */
function plus(a: string, b: string): string {
  return new Big(a).plus(b).toFixed(Math.max(placesIn(a), placesIn(b)));
}

const placesIn = (quantity: string): number => quantity.split(".")[1]?.length ?? 0;
const countOf = (parts: readonly LedgerPart[]): number => parts.reduce((count, { movements }) => count + movements, 0);
const mapTypes = (quantityOf: (type: StockType) => string): Record<StockType, string> =>
  Object.fromEntries(STOCK_TYPES.map((type) => [type, quantityOf(type)])) as Record<StockType, string>;

const isEarlier = (a: LedgerPart["first"], b: LedgerPart["first"]): boolean =>
  a.atMs === b.atMs ? a.id < b.id : a.atMs < b.atMs;

function isNewer(a: FactRecord, b: FactRecord): boolean {
  if (a.timestampMs !== b.timestampMs) return a.timestampMs > b.timestampMs;
  if (a.topic !== b.topic) return a.topic > b.topic;
  return a.partition === b.partition ? BigInt(a.offset) > BigInt(b.offset) : a.partition > b.partition;
}
