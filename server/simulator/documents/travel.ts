import { DRIVING_MS_MAX, REST_MS } from "../fleet/duty.ts";
import type { SimulatedSite } from "../sites.ts";

/** What a planner counts on: this speed on the road, the rests of the law, an hour for what comes between. */
const USUAL_SPEED_MS = 23;
const HOUR_MS = 3_600_000;

/** How long a truck takes for so many metres, when its driver has been at the wheel for `drivenMs` already. */
export function travelMs(metres: number, drivenMs = 2 * HOUR_MS): number {
  const drivingMs = (metres / USUAL_SPEED_MS) * 1000;
  const rests = Math.floor((drivingMs + drivenMs) / DRIVING_MS_MAX);
  return drivingMs + rests * REST_MS + HOUR_MS;
}

export const metresBetween = (origin: SimulatedSite, destination: SimulatedSite): number =>
  destination.routes.metres[origin.node]!;

export const roundTo = (timeMs: number, stepMs: number): number => Math.round(timeMs / stepMs) * stepMs;
