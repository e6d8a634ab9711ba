import Big from "big.js";
import type { Material } from "../domain/material.ts";
import type { StockLevel, StockMovement } from "../domain/stock.ts";
import { type PositionKey, positionId } from "../domain/stock-projection/compose-position.ts";
import { type LedgerMovement, placeName } from "../projections/stock-levels.ts";
import type { BusinessObjectReader } from "../services/business/port.ts";
import type { BalancedMovement, IssuedDay, LedgerPlace, StockReader } from "../services/stock/port.ts";
import type { PastStock } from "./as-of-stock.ts";
import type { Db } from "./client.ts";
import type { StoredLevel } from "./stock-levels.ts";
import { createStockReader } from "./stock-reader.ts";

const PAGE_SIZE = 1_000;
const LEDGER_MAX = 100_000;
const DAY_MS = 86_400_000;

/** The ledger and its sums as they were at a moment: what is stored now, with what has changed since undone. */
export function createPastStockReader(db: Db, past: PastStock, objects: BusinessObjectReader): StockReader {
  const now = createStockReader(db);
  const others = [...past.levels.values()].filter(({ level }) => level.sum !== null || level.snapshot !== null);
  const afters = past.changes.flatMap(({ after }) => after ?? []);
  const befores = past.changes.flatMap(({ before }) => before ?? []);
  const gone = new Set(befores.map(({ id }) => id));
  const isSame = (level: StockLevel) => !past.levels.has(placeName(level));

  async function othersOf(levels: readonly { level: StoredLevel }[]): Promise<StockLevel[]> {
    const unnamed = levels.filter(({ level }) => level.sum === null).map(({ level }) => materialId(level.place));
    const materials = unnamed.length === 0 ? [] : await objects.get("material", [...new Set(unnamed)]);
    const units = new Map(materials.map((material: Material) => [material.id, material.unit ?? ""]));
    return levels.map(({ level }) => toLevel(level, units.get(materialId(level.place)) ?? ""));
  }

  async function levelsOf(positions: readonly PositionKey[]): Promise<StockLevel[]> {
    const wanted = new Set(positions.map(positionId));
    const same = (await now.levelsOf(positions)).filter(isSame);
    return inOrder([...same, ...(await othersOf(others.filter(({ place }) => wanted.has(positionId(place)))))]);
  }

  return {
    /** All of them in the first page: whoever asks about a moment keeps them all. */
    async levels({ after }) {
      if (after !== null) return [];
      const found: StockLevel[] = [];
      for (let last: PositionKey | null = null; ; ) {
        const page: StockLevel[] = await now.levels({ after: last, limit: PAGE_SIZE });
        found.push(...page.filter(isSame));
        if (page.length === 0) break;
        last = page.at(-1)!;
      }
      return inOrder([...found, ...(await othersOf(others))]);
    },

    levelsOf,

    async movements(position, { before, limit, sinceMs }) {
      const since = sinceMs === undefined ? {} : { sinceMs };
      const asked = before === null ? limit + gone.size : LEDGER_MAX;
      const stored = await now.movements(position, { before: null, limit: asked, ...since });
      const own = afters
        .filter((movement) => positionId(movement) === positionId(position) && movement.postedAtMs >= (sinceMs ?? 0))
        .map(({ source: _, ...movement }): StockMovement => movement);
      const kept = [...stored.filter(({ id }) => !gone.has(id)), ...own].sort(newestFirst);
      const balanced = withBalances(kept, await levelsOf([position]));
      return balanced.filter((movement) => before === null || newestFirst(before, movement) < 0).slice(0, limit);
    },

    async issued(asked) {
      const days = new Map((await now.issued(asked)).map((day) => [dayName(day), day]));
      const count = (movement: LedgerMovement, add: (sum: Big, quantity: string) => Big) => {
        const day = issuedDayOf(movement, asked);
        if (!day) return;
        const known = days.get(dayName(day));
        days.set(dayName(day), { ...day, quantity: add(Big(known?.quantity ?? "0"), movement.quantity).toFixed() });
      };
      for (const movement of befores) count(movement, (sum, quantity) => sum.plus(quantity));
      for (const movement of afters) count(movement, (sum, quantity) => sum.minus(quantity));
      return [...days.values()];
    },

    async firstMovements(positions) {
      const touched = new Map([...befores, ...afters].map((movement) => [positionId(movement), movement]));
      const same = (await now.firstMovements(positions)).filter((each) => !touched.has(positionId(each)));
      const wanted = positions === undefined ? null : new Set(positions.map(positionId));
      const keys = [...touched].flatMap(([id, key]) => (wanted === null || wanted.has(id) ? [key] : []));
      const first = new Map((await firstWithout(db, keys, [...gone])).map((each) => [positionId(each), each.atMs]));
      for (const movement of afters)
        first.set(
          positionId(movement),
          Math.min(first.get(positionId(movement)) ?? movement.postedAtMs, movement.postedAtMs),
        );
      const others = keys.flatMap(({ client, material, site }) => {
        const atMs = first.get(positionId({ client, material, site }));
        return atMs === undefined ? [] : [{ client, material, site, atMs }];
      });
      return [...same, ...others];
    },
  };
}

async function firstWithout(db: Db, keys: readonly PositionKey[], ids: readonly string[]) {
  if (keys.length === 0) return [];
  const rows = await db.$queryRaw<(PositionKey & { at: Date })[]>`
    select client, material, site, min(posted_at) as at from stock_movement
    where (client, material, site) in (
        select * from unnest(${keys.map(({ client }) => client)}::text[],
          ${keys.map(({ material }) => material)}::text[], ${keys.map(({ site }) => site)}::text[]))
      and not (id = any(${[...ids]}::text[]))
    group by client, material, site`;
  return rows.map(({ at, ...key }) => ({ ...key, atMs: at.getTime() }));
}

/** The day in which a movement counts as going out; `null` where it does not. */
function issuedDayOf(
  { client, material, site, movementType, stockType, postedAtMs }: LedgerMovement,
  { movementTypes, days, nowMs, positions }: Parameters<StockReader["issued"]>[0],
): Omit<IssuedDay, "quantity"> | null {
  const today = nowMs - (nowMs % DAY_MS);
  const isWithin = postedAtMs >= today - (days - 1) * DAY_MS && postedAtMs < today + DAY_MS;
  if (!isWithin || stockType === "inTransit" || !movementTypes.includes(movementType)) return null;
  const key = { client, material, site };
  if (positions && !positions.some((position) => positionId(position) === positionId(key))) return null;
  return { ...key, daysAgo: Math.round((today - (postedAtMs - (postedAtMs % DAY_MS))) / DAY_MS) };
}

/** The unrestricted stock after each movement, from what lay there at the moment backwards. */
function withBalances(movements: readonly StockMovement[], levels: readonly StockLevel[]): BalancedMovement[] {
  const counted = levels.filter(({ basis }) => basis === "movements");
  const units = new Map(counted.map(({ storageLocation, unit }) => [storageLocation, unit]));
  let balance = counted.reduce((sum, { quantities }) => sum.plus(quantities.unrestricted), Big(0));
  return movements.map((movement) => {
    const balanced = { ...movement, balance: balance.toFixed() };
    if (movement.stockType === "unrestricted" && movement.unit === units.get(movement.storageLocation))
      balance = balance.minus(movement.quantity);
    return balanced;
  });
}

function toLevel({ place, sum, snapshot }: StoredLevel, unit: string): StockLevel {
  const basis = sum === null && snapshot !== null ? "snapshot" : "movements";
  return {
    ...place,
    ...{ unit: sum?.unit ?? unit, basis, snapshot },
    quantities: sum?.quantities ?? snapshot!.quantities,
    lastMovementAtMs: sum?.lastMovementAtMs ?? null,
    record: sum?.record ?? snapshot!.record,
  };
}

const materialId = ({ client, material }: { client: string; material: string }) => `sap:${client}:${material}`;
const dayName = (day: Omit<IssuedDay, "quantity">) => `${positionId(day)} ${day.daysAgo}`;

function newestFirst(a: LedgerPlace, b: LedgerPlace): number {
  return b.postedAtMs - a.postedAtMs || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

const inOrder = (levels: StockLevel[]): StockLevel[] => levels.sort((a, b) => (placeName(a) < placeName(b) ? -1 : 1));
