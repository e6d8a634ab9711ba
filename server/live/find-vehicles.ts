import type { FleetPage, FleetQuery } from "../contracts/fleet.ts";
import { MOTIONS, SERVICES } from "../contracts/vehicle.ts";
import { AppError } from "../platform/errors.ts";

/** The columns a question is asked of. */
export type FindColumns = {
  ids: readonly string[];
  lngE7: Int32Array;
  latE7: Int32Array;
  seenMs: Float64Array;
  speed: Uint8Array;
  status: Uint8Array;
  hasPosition: Uint8Array;
};

/** Vehicles in the order of their ids. New ones are sorted among themselves and merged in, so growing stays cheap. */
export class IdOrder {
  #order: number[] = [];
  #lowerCase: string[] = [];

  upTo(ids: readonly string[]): { order: readonly number[]; lowerCase: readonly string[] } {
    const known = this.#order.length;
    if (ids.length > known) {
      const fresh: number[] = [];
      for (let index = known; index < ids.length; index++) {
        fresh.push(index);
        this.#lowerCase.push(ids[index]!.toLowerCase());
      }
      const before = (a: number, b: number) => (ids[a]! < ids[b]! ? -1 : 1);
      this.#order = merge(this.#order, fresh.sort(before), before);
    }
    return { order: this.#order, lowerCase: this.#lowerCase };
  }
}

function merge(left: number[], right: number[], before: (a: number, b: number) => number): number[] {
  const merged: number[] = [];
  let l = 0;
  for (const item of right) {
    while (l < left.length && before(left[l]!, item) < 0) merged.push(left[l++]!);
    merged.push(item);
  }
  while (l < left.length) merged.push(left[l++]!);
  return merged;
}

type Order = ReturnType<IdOrder["upTo"]>;
type Cursor = { rank: number; id: string };

/**
 * One page. Every sort is a rank with the id after it, so a cursor names a place in the order that still means the same
 * when vehicles have moved in the meantime. One pass over typed arrays, then only what can be on the page is sorted.
 */
export function findVehicles(columns: FindColumns, { order, lowerCase }: Order, query: FleetQuery): FleetPage {
  const matches = matcherOf(columns, lowerCase, query);
  const rankOf = rankerOf(columns, query.sort);
  const cursor = query.cursor === null ? null : parseCursor(query.cursor);
  const candidates: number[] = [];
  const ranks: number[] = [];
  let total = 0;
  for (const index of order) {
    if (!matches(index)) continue;
    total++;
    const rank = rankOf(index);
    if (cursor && (rank < cursor.rank || (rank === cursor.rank && columns.ids[index]! <= cursor.id))) continue;
    candidates.push(index);
    ranks.push(rank);
  }
  const page = lowest(candidates, ranks, query.limit);
  const last = page.at(-1);
  const more = candidates.length > page.length && last !== undefined;
  return {
    ids: page.map((index) => columns.ids[index]!),
    total,
    nextCursor: more ? formatCursor({ rank: rankOf(last), id: columns.ids[last]! }) : null,
  };
}

/** The `limit` candidates of lowest rank; they come in id order and keep it within a rank. */
function lowest(candidates: readonly number[], ranks: readonly number[], limit: number): number[] {
  if (candidates.length === 0) return [];
  const bar = limit < ranks.length ? Float64Array.from(ranks).sort()[limit - 1]! : Number.POSITIVE_INFINITY;
  const below: number[] = [];
  const atBar: number[] = [];
  for (let position = 0; position < ranks.length; position++) {
    if (ranks[position]! < bar) below.push(position);
    else if (ranks[position] === bar && atBar.length < limit) atBar.push(position);
  }
  below.sort((a, b) => ranks[a]! - ranks[b]! || a - b);
  return [...below, ...atBar].slice(0, limit).map((position) => candidates[position]!);
}

function matcherOf(columns: FindColumns, lowerCase: readonly string[], query: FleetQuery): (index: number) => boolean {
  const text = query.text?.trim().toLowerCase() ?? "";
  const motions = query.motions && new Set(query.motions.map((motion) => MOTIONS.indexOf(motion)));
  const services = query.services && new Set(query.services.map((service) => SERVICES.indexOf(service)));
  const inBounds = query.bounds && boundsTest(query.bounds);
  const { status, hasPosition, lngE7, latE7 } = columns;
  return (index) => {
    if (motions && !motions.has(status[index]! & 15)) return false;
    if (services && !services.has(status[index]! >> 4)) return false;
    if (inBounds && !(hasPosition[index] && inBounds(lngE7[index]!, latE7[index]!))) return false;
    return text === "" || lowerCase[index]!.includes(text);
  };
}

/** Bounds whose west lies east of their east cross the antimeridian. */
function boundsTest({ west, south, east, north }: NonNullable<FleetQuery["bounds"]>) {
  const [w, s, e, n] = [west * 1e7, south * 1e7, east * 1e7, north * 1e7];
  const across = w > e;
  return (lngE7: number, latE7: number) =>
    latE7 >= s && latE7 <= n && (across ? lngE7 >= w || lngE7 <= e : lngE7 >= w && lngE7 <= e);
}

const WORST_SERVICES = [SERVICES.indexOf("critical"), SERVICES.indexOf("late"), SERVICES.indexOf("at_risk")];
const WORST_MOTIONS = [MOTIONS.indexOf("offline"), MOTIONS.indexOf("moving")];

/** Rank by status byte: critical, late, at risk, offline, moving, the rest. */
const WORST_RANKS = Uint8Array.from({ length: 256 }, (_, status) => {
  const service = WORST_SERVICES.indexOf(status >> 4);
  if (service >= 0) return service;
  const motion = WORST_MOTIONS.indexOf(status & 15);
  return WORST_SERVICES.length + (motion >= 0 ? motion : WORST_MOTIONS.length);
});

function rankerOf(columns: FindColumns, sort: FleetQuery["sort"]): (index: number) => number {
  switch (sort) {
    case "id":
      return () => 0;
    case "worst":
      return (index) => WORST_RANKS[columns.status[index]!]!;
    case "speed":
      return (index) => -columns.speed[index]!;
    case "seen":
      return (index) => -columns.seenMs[index]!;
  }
}

const formatCursor = ({ rank, id }: Cursor): string => Buffer.from(JSON.stringify([rank, id])).toString("base64url");

function parseCursor(cursor: string): Cursor {
  try {
    const [rank, id] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as [unknown, unknown];
    if (typeof rank === "number" && typeof id === "string") return { rank, id };
  } catch {
    // Falls through: whatever it was, it did not come from here.
  }
  throw new AppError("invalid_input", "cursor is not one that this list gave", {
    fields: [{ path: "/cursor", message: "not a cursor of this list" }],
  });
}
