import { endAhead, metresAhead, type Road, type RoadPlace, type Routes, speedLimitKmh } from "../roads.ts";
import type { Vehicle } from "./vehicle.ts";

const ACCELERATION = 0.4; // m/s², a loaded truck
const BRAKING = 0.9;
const GENTLE_BRAKING = 0.6;
/** A truck this near to where it stops, and this slow, has arrived. */
const ARRIVED_M = 30;
const ARRIVED_MS = 2;

/** Metres still to go on the road network. */
export function metresToSite({ place, site, stopShortM }: Vehicle): number {
  return Math.max(0, metresAhead(place) + site.routes.metres[endAhead(place)]! - stopShortM);
}

/**
 * Drives for `seconds`: the speed changes evenly from what it is to what traffic, limit and the stop ahead allow.
 * Returns the metres driven, and whether the vehicle stands: at its site, or where it was halting.
 */
export function drive(vehicle: Vehicle, roads: readonly Road[], seconds: number): { movedM: number; stands: boolean } {
  const before = vehicle.speedMs;
  const toGoM = metresToSite(vehicle);
  const after = vehicle.halting
    ? Math.max(0, before - GENTLE_BRAKING * seconds)
    : Math.min(nextSpeedMs(vehicle, seconds), speedToStopMs(before, toGoM, seconds));
  let movedM = Math.min(toGoM, ((before + after) / 2) * seconds);
  const arrives = toGoM - movedM < ARRIVED_M && after < ARRIVED_MS;
  if (arrives) movedM = toGoM;
  vehicle.place = moveAlong(vehicle.place, movedM, vehicle.site.routes, roads);
  const stands = arrives || (vehicle.halting !== null && after === 0);
  vehicle.speedMs = stands ? 0 : after;
  return { movedM, stands };
}

function nextSpeedMs({ place, speedMs, cruiseKmh, trafficFactor }: Vehicle, seconds: number): number {
  const limitKmh = Math.min(speedLimitKmh(place), speedLimitKmh(place, speedMs * seconds * 1.3 + 50));
  const wishedMs = Math.min(cruiseKmh * trafficFactor, limitKmh - 1) / 3.6;
  return Math.max(speedMs - BRAKING * seconds, Math.min(speedMs + ACCELERATION * seconds, wishedMs));
}

/** The speed at the end of this step from which gentle braking still ends at the stop. */
function speedToStopMs(speedMs: number, toGoM: number, seconds: number): number {
  const half = seconds / 2;
  const root = half * half - (2 / GENTLE_BRAKING) * (speedMs * half - toGoM);
  return root <= 0 ? 0 : Math.max(0, GENTLE_BRAKING * (Math.sqrt(root) - half));
}

function moveAlong(from: RoadPlace, metres: number, routes: Routes, roads: readonly Road[]): RoadPlace {
  let place = from;
  let left = metres;
  while (left > metresAhead(place)) {
    const node = endAhead(place);
    if (node === routes.destination) return { ...place, metres: place.forward ? place.road.lengthM : 0 };
    left -= metresAhead(place);
    place = enter(roads[routes.next[node]!]!, node);
  }
  return { ...place, metres: place.metres + (place.forward ? left : -left) };
}

/** The beginning of a road as seen from one of its cities. */
export function enter(road: Road, node: number): RoadPlace {
  return road.a === node ? { road, metres: 0, forward: true } : { road, metres: road.lengthM, forward: false };
}

/** `metres` along the way from one city to the destination of `routes`. */
export function placeAlong(node: number, metres: number, routes: Routes, roads: readonly Road[]): RoadPlace {
  return moveAlong(enter(roads[routes.next[node]!]!, node), metres, routes, roads);
}

/** Leaves a site for another: back where it came from if the way leads there, else on through the city. */
export function turnTowards(place: RoadPlace, routes: Routes): RoadPlace {
  const goesBack = routes.next[endAhead(place)] === place.road.index;
  return goesBack ? { ...place, forward: !place.forward } : place;
}
