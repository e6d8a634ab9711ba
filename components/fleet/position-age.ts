import type { Vehicle } from "@/server/contracts/vehicle.ts";

const MINUTE_MS = 60_000;

/** How old a position may be before it says so: a vehicle under way reports often, one that stands seldom. */
const PROMISE_MS: Record<Vehicle["motion"], number> = {
  moving: 2 * MINUTE_MS,
  idling: 5 * MINUTE_MS,
  stopped: 15 * MINUTE_MS,
  offline: 15 * MINUTE_MS,
};

export type PositionAge = { ageMs: number; stale: boolean };

/** `null` while no position is known. `nowMs` is by the server's clock. */
export function positionAge(
  { motion, position }: Pick<Vehicle, "motion" | "position">,
  nowMs: number,
): PositionAge | null {
  if (!position) return null;
  const ageMs = Math.max(0, nowMs - Date.parse(position.time));
  return { ageMs, stale: ageMs > PROMISE_MS[motion] };
}

/** The newest of all that a vehicle has said, position or measure; `null` when it has said nothing with a time. */
export function lastHeardMs({ position, measures }: Pick<Vehicle, "position" | "measures">): number | null {
  const times = Object.values(measures).map(({ time }) => Date.parse(time));
  if (position) times.push(Date.parse(position.time));
  return times.length === 0 ? null : Math.max(...times);
}
