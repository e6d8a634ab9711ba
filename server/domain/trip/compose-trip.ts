import { estimateArrivals, type Standing } from "../eta/estimate-arrivals.ts";
import { type ErrorsByHorizon, spreadMs } from "../eta/eta-errors.ts";
import { type FollowedStop, followTrip, type Stay } from "./follow-trip.ts";
import type { TripPlan } from "./trip-plan.ts";

const MINUTE_MS = 60_000;
const AT_RISK_MS = 15 * MINUTE_MS;
const LATE_MS = 30 * MINUTE_MS;
const CRITICAL_MS = 120 * MINUTE_MS;

export type TripState = "planned" | "under_way" | "completed" | "cancelled";
export type TripService = "on_time" | "at_risk" | "late" | "critical" | "none";
export type Eta = { p50Ms: number; p90Ms: number };
export type TripStop = FollowedStop & { eta: Eta | null };

export type Trip = Omit<TripPlan, "stops" | "isCancelled" | "hasEnded"> & {
  state: TripState;
  service: TripService;
  stops: TripStop[];
  remainingM: number | null;
};

/** What is known of the vehicle now, when this is the trip it is about; without it nothing can be estimated. */
export type OnTheRoad = Omit<Standing, "at"> & {
  errors: ErrorsByHorizon;
  /** Metres to drive to a site from where the vehicle is, or from another site; `null` where a place is not known. */
  metresTo(site: string, from: string | null): number | null;
};

/** A trip: the plan, what the vehicle's visits show of it, and what is expected of the rest. */
export function composeTrip(
  plan: TripPlan,
  visits: readonly Stay[],
  afterMs: number | null,
  onTheRoad: OnTheRoad | null,
): Trip {
  const { isCancelled: _, hasEnded: __, ...rest } = plan;
  const followed = followTrip(plan, visits, afterMs);
  const state = stateOf(plan, followed);
  const isOpen = state === "planned" || state === "under_way";
  const { etas, remainingM } = isOpen && onTheRoad ? estimate(followed, onTheRoad) : NOTHING;
  const stops = followed.map((stop, index) => ({ ...stop, eta: etas[index] ?? null }));
  return { ...rest, state, service: serviceOf(stops), stops, remainingM };
}

/** The first stop that was not reached, none after which was. */
export function nextStopIndex(stops: readonly FollowedStop[]): number {
  return stops.findLastIndex(hasArrived) + 1;
}

/** Whoever was said to leave a place has been there. */
const hasArrived = ({ arrivedMs, reportedArrivalMs, reportedDepartureMs }: FollowedStop) =>
  (arrivedMs ?? reportedArrivalMs ?? reportedDepartureMs) !== null;

function stateOf(plan: TripPlan, stops: readonly FollowedStop[]): TripState {
  if (plan.isCancelled) return "cancelled";
  const [first, ...others] = stops;
  if (plan.hasEnded || (others.length > 0 && hasArrived(others.at(-1)!))) return "completed";
  const hasLeft = first && (first.departedMs !== null || first.reportedDepartureMs !== null);
  return hasLeft || others.some(hasArrived) ? "under_way" : "planned";
}

type Estimate = { etas: readonly (Eta | null)[]; remainingM: number | null };
const NOTHING: Estimate = { etas: [], remainingM: null };

function estimate(stops: readonly FollowedStop[], onTheRoad: OnTheRoad): Estimate {
  const next = nextStopIndex(stops);
  const ahead = stops.slice(next);
  const metres = ahead.map(({ site }, index) => onTheRoad.metresTo(site, ahead[index - 1]?.site ?? null));
  const until = metres.indexOf(null) < 0 ? metres.length : metres.indexOf(null);
  const known = ahead
    .slice(0, until)
    .map(({ plannedDepartureMs }, index) => ({ metres: metres[index]!, plannedDepartureMs }));
  const arrivals = estimateArrivals(known, { ...onTheRoad, at: standingAt(stops[next - 1]) });
  const etas = arrivals.map(
    (p50Ms): Eta => ({ p50Ms, p90Ms: p50Ms + spreadMs(p50Ms - onTheRoad.nowMs, onTheRoad.errors) }),
  );
  return { etas: [...stops.slice(0, next).map(() => null), ...etas], remainingM: metres[0] ?? null };
}

/** Whoever has arrived and not left stands there; what only documents report has no times that count. */
function standingAt(stop: FollowedStop | undefined): Standing["at"] {
  if (!stop || stop.arrivedMs === null || stop.departedMs !== null) return null;
  return { arrivedMs: stop.arrivedMs, plannedDepartureMs: stop.plannedDepartureMs };
}

/** The worst of what is expected of the stops ahead, against their plan. */
function serviceOf(stops: readonly TripStop[]): TripService {
  const services = stops.map(serviceOfStop);
  return (["critical", "late", "at_risk", "on_time"] as const).find((service) => services.includes(service)) ?? "none";
}

function serviceOfStop({ plannedArrivalMs, eta }: TripStop): TripService {
  if (plannedArrivalMs === null || eta === null) return "none";
  if (eta.p50Ms - plannedArrivalMs > CRITICAL_MS) return "critical";
  if (eta.p50Ms - plannedArrivalMs > LATE_MS) return "late";
  return eta.p90Ms - plannedArrivalMs > AT_RISK_MS ? "at_risk" : "on_time";
}

/** Actual or else expected arrival after the planned one, whole minutes. */
export function varianceMinutes({ plannedArrivalMs, arrivedMs, eta }: TripStop): number | null {
  const arrivalMs = arrivedMs ?? eta?.p50Ms ?? null;
  return plannedArrivalMs === null || arrivalMs === null
    ? null
    : Math.round((arrivalMs - plannedArrivalMs) / MINUTE_MS);
}
