import type { FactRecord } from "../business-object.ts";
import type { Visit } from "../visit/visit.ts";
import type { PlannedStop, TripPlan } from "./trip-plan.ts";

/** A truck may wait at its first stop so long before the plan; what lies further back belongs to another trip. */
export const EARLY_MS_MAX = 12 * 3_600_000;
/** What people report may be so wrong: a departure before the truck had even come, an arrival before it had left. */
const DEPARTURE_WRONG_MS_MAX = 4 * 3_600_000;
const ARRIVAL_WRONG_MS_MAX = 3_600_000;

export type FollowedStop = PlannedStop & {
  arrivedMs: number | null;
  departedMs: number | null;
  /** The readings that showed the vehicle inside its fence, and outside again. */
  arrivalRecord: FactRecord | null;
  departureRecord: FactRecord | null;
};

export type Stay = Omit<Visit, "vehicleId">;

/**
 * What the vehicle's visits (by arrival) say of the trip's stops. A visit counts for a stop when it comes after that of
 * the stop before, and is not over 12 hours before the planned start. `afterMs` is when the vehicle's trip before this
 * one came to its end: earlier visits are that one's. A stop that was passed by stays without times when a later one
 * was reached, and one that was left unseen is not taken for visited when the vehicle comes back there.
 */
export function followTrip(plan: TripPlan, visits: readonly Stay[], afterMs: number | null): FollowedStop[] {
  const stays = plan.plannedStartMs === null ? [] : since(visits, plan.plannedStartMs - EARLY_MS_MAX, afterMs);
  const found: (Stay | null)[] = [];
  let from = 0;
  const latestMs = latestArrivals(plan.stops);
  for (const [index, { site }] of plan.stops.entries()) {
    const at = stays.findIndex(
      ({ fenceId, enteredMs }, place) => place >= from && fenceId === site && enteredMs <= latestMs[index]!,
    );
    found.push(at < 0 ? null : stays[at]!);
    if (at >= 0) from = at + 1;
  }
  lateStart(plan, stays, found, latestMs[0]!);
  return plan.stops.map((stop, index) => ({
    ...stop,
    arrivedMs: found[index]?.enteredMs ?? null,
    departedMs: found[index]?.leftMs ?? null,
    arrivalRecord: found[index]?.record ?? null,
    departureRecord: found[index]?.leftRecord ?? null,
  }));
}

function since(visits: readonly Stay[], windowMs: number, afterMs: number | null): Stay[] {
  return visits
    .filter(
      ({ enteredMs, leftMs }) => (leftMs === null || leftMs >= windowMs) && (afterMs === null || enteredMs >= afterMs),
    )
    .sort((a, b) => a.enteredMs - b.enteredMs);
}

/** Of several visits of the first stop, the trip began with the last before its second stop was reached. */
function lateStart(plan: TripPlan, stays: readonly Stay[], found: (Stay | null)[], latestMs: number): void {
  const first = plan.stops[0];
  if (!first || !found[0]) return;
  const second = found.slice(1).find((stay) => stay !== null);
  const beforeMs = second?.enteredMs ?? Number.POSITIVE_INFINITY;
  const last = stays.findLast(
    ({ fenceId, enteredMs }) => fenceId === first.site && enteredMs < beforeMs && enteredMs <= latestMs,
  );
  if (last) found[0] = last;
}

/** After these the vehicle cannot have come to each stop for this trip: it was reported to be further by then. */
function latestArrivals(stops: readonly PlannedStop[]): number[] {
  let furtherMs = Number.POSITIVE_INFINITY;
  return stops
    .toReversed()
    .map(({ reportedArrivalMs, reportedDepartureMs }) => {
      const leftMs = (reportedDepartureMs ?? Number.POSITIVE_INFINITY) + DEPARTURE_WRONG_MS_MAX;
      const latestMs = Math.min(furtherMs, leftMs);
      furtherMs = Math.min(latestMs, (reportedArrivalMs ?? Number.POSITIVE_INFINITY) + ARRIVAL_WRONG_MS_MAX);
      return latestMs;
    })
    .toReversed();
}
