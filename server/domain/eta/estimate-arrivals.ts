import { type AtTheWheel, afterStanding, drivingMs, STOP_MS, withBreaks } from "./driving.ts";

/** A stop that is still to be served, in their order. `metres` lead there from the place before, or from the vehicle. */
export type StopAhead = { metres: number; plannedDepartureMs: number | null };

export type Standing = {
  nowMs: number;
  /** Over the last half hour at the wheel; `null` while it has not driven. */
  recentKmh: number | null;
  atTheWheel: AtTheWheel;
  /** The stop at which the vehicle stands, whose departure comes first; `null` on the road. */
  at: { arrivedMs: number; plannedDepartureMs: number | null } | null;
};

/**
 * When the stops ahead are likely reached: the way by the recent speed and then the usual one, an hour at each stop and
 * not away before the plan, breaks and nights as the hours at the wheel demand them.
 */
export function estimateArrivals(stops: readonly StopAhead[], standing: Standing): number[] {
  const { nowMs, at } = standing;
  let timeMs = at ? Math.max(nowMs, departureMs(at.arrivedMs, at.plannedDepartureMs)) : nowMs;
  let wheel = at ? afterStanding(standing.atTheWheel, timeMs - at.arrivedMs) : standing.atTheWheel;
  let recentKmh = at ? null : standing.recentKmh;
  return stops.map(({ metres, plannedDepartureMs }) => {
    const { takesMs, after } = withBreaks(drivingMs(metres, recentKmh), wheel);
    const arrivalMs = Math.round(timeMs + takesMs); // a time is whole milliseconds: others make days of it
    timeMs = departureMs(arrivalMs, plannedDepartureMs);
    wheel = afterStanding(after, timeMs - arrivalMs);
    recentKmh = null;
    return arrivalMs;
  });
}

const departureMs = (arrivedMs: number, plannedMs: number | null): number =>
  Math.max(arrivedMs + STOP_MS, plannedMs ?? Number.NEGATIVE_INFINITY);
