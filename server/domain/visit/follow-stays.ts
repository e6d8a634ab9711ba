import { doMeet, type FenceArea } from "../fence/fence-area.ts";

/** A vehicle has left a fence once it was outside for so long, by event time: what is shorter is drift of the position. */
export const LEAVES_AFTER_MS = 2 * 60_000;

/** Degrees, event time, and where the record of it stands. */
export type Position = { latitude: number; longitude: number; timeMs: number; offset: number; recordedMs: number };

/** When a vehicle was first seen on the other side of a fence, and the record that showed it. */
export type Crossing = Readonly<{ timeMs: number; offset: number; recordedMs: number }>;

/** A vehicle in a fence, and the record that showed its arrival. */
export type Stay = Readonly<{
  fence: FenceArea;
  enteredMs: number;
  /** Since when it is outside and may be leaving; `null` while it is inside. */
  outside: Crossing | null;
  offset: number;
  recordedMs: number;
}>;

/** A stay that began, ended (`left`), or whose `outside` is another now. */
export type StayChange = { stay: Stay; left: Crossing | null };

export type Followed = { stays: readonly Stay[]; changes: readonly StayChange[] };

const NOWHERE: readonly Stay[] = [];

/**
 * What one more position, newer than all before, makes of a vehicle's stays; `null` when nothing is another, which costs
 * no allocation. `near` are the fences that may contain the position, the smallest first. A vehicle is at one site at a
 * time, the smallest that contains it; fences of one's own are followed apart, any number at once.
 */
export function followStays(
  stays: readonly Stay[] | undefined,
  near: readonly FenceArea[],
  position: Readonly<Position>,
): Followed | null {
  const before = stays ?? NOWHERE;
  const { latitude, longitude } = position;
  const site = smallestSite(near, latitude, longitude);
  let changes: StayChange[] | null = null;
  let isAtSite = false;
  for (const stay of before) {
    const change = changeOf(stay, site, position);
    if (change) changes = [...(changes ?? []), change];
    if (stay.fence.isSite && (change === null || change.left === null)) isAtSite = true;
  }
  for (const fence of near) {
    const isNew = fence.isSite ? fence === site && !isAtSite : !isIn(before, fence);
    if (!isNew || !fence.contains(latitude, longitude)) continue;
    changes = [...(changes ?? []), { stay: begun(fence, position), left: null }];
  }
  return changes && { stays: withChanges(before, changes), changes };
}

function smallestSite(near: readonly FenceArea[], latitude: number, longitude: number): FenceArea | null {
  for (const fence of near) if (fence.isSite && fence.contains(latitude, longitude)) return fence;
  return null;
}

const begun = (fence: FenceArea, { timeMs, offset, recordedMs }: Readonly<Position>): Stay => ({
  fence,
  enteredMs: timeMs,
  outside: null,
  offset,
  recordedMs,
});

/** A copy: the position that is asked with is one object for all. */
const crossingOf = ({ timeMs, offset, recordedMs }: Readonly<Position>): Crossing => ({ timeMs, offset, recordedMs });

function changeOf(stay: Stay, site: FenceArea | null, position: Readonly<Position>): StayChange | null {
  const { fence, outside } = stay;
  const { latitude, longitude, timeMs } = position;
  // Inside another site it is certainly no longer here, unless that one lies around this one.
  if (fence.isSite && site !== null && site !== fence && takesOver(site, fence)) {
    return { stay, left: outside ?? crossingOf(position) };
  }
  if (fence.holds(latitude, longitude))
    return outside === null ? null : { stay: { ...stay, outside: null }, left: null };
  if (outside === null) return { stay: { ...stay, outside: crossingOf(position) }, left: null };
  return timeMs - outside.timeMs >= LEAVES_AFTER_MS ? { stay, left: outside } : null;
}

const takesOver = (site: FenceArea, from: FenceArea): boolean =>
  site.areaM2 < from.areaM2 || !doMeet(site.bounds, from.bounds);

function isIn(stays: readonly Stay[], fence: FenceArea): boolean {
  for (const stay of stays) if (stay.fence === fence) return true;
  return false;
}

const isSame = (a: Stay, b: Stay): boolean => a.fence === b.fence && a.enteredMs === b.enteredMs;

function withChanges(before: readonly Stay[], changes: readonly StayChange[]): Stay[] {
  const untouched = before.filter((stay) => !changes.some((change) => isSame(change.stay, stay)));
  return [...untouched, ...changes.filter(({ left }) => left === null).map(({ stay }) => stay)];
}
