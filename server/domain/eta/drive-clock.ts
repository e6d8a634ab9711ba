import { type AtTheWheel, BREAK_MS, REST_AFTER_MS, REST_MS, USUAL_KMH } from "./driving.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** The moving average of the speed looks back so far, over time at the wheel alone. */
const AVERAGE_MS = 25 * MINUTE_MS;
/** A vehicle that was not heard for longer is not said to have driven all that time. */
const GAP_MS_MAX = 10 * MINUTE_MS;

/** How a vehicle has been driven lately, looked at every now and then. */
export type DriveClock = AtTheWheel & {
  /** Moving average while driving; `null` before it drove. */
  recentKmh: number | null;
  drivenMs: number;
  standsSinceMs: number | null;
  seenMs: number;
};

export type Glance = { timeMs: number; speedKmh: number; isMoving: boolean };

export const beginClock = ({ timeMs, isMoving, speedKmh }: Glance, atTheWheel: AtTheWheel): DriveClock => ({
  ...atTheWheel,
  recentKmh: isMoving ? speedKmh : null,
  drivenMs: 0,
  standsSinceMs: isMoving ? null : timeMs,
  seenMs: timeMs,
});

/** The clock after one more look; a look that is not newer changes nothing. */
export function advanceClock(clock: DriveClock, { timeMs, speedKmh, isMoving }: Glance): DriveClock {
  const passedMs = timeMs - clock.seenMs;
  if (passedMs <= 0) return clock;
  if (!isMoving) return standing({ ...clock, seenMs: timeMs, standsSinceMs: clock.standsSinceMs ?? timeMs }, timeMs);
  const drivenMs = Math.min(passedMs, GAP_MS_MAX);
  const weight = Math.min(1, drivenMs / Math.min(AVERAGE_MS, clock.drivenMs + drivenMs));
  return {
    recentKmh: clock.recentKmh === null ? speedKmh : clock.recentKmh + (speedKmh - clock.recentKmh) * weight,
    drivenMs: clock.drivenMs + drivenMs,
    sinceRestMs: clock.sinceRestMs + drivenMs,
    sinceBreakMs: clock.sinceBreakMs + drivenMs,
    standsSinceMs: null,
    seenMs: timeMs,
  };
}

function standing(clock: DriveClock, timeMs: number): DriveClock {
  const standsMs = timeMs - clock.standsSinceMs!;
  if (standsMs >= REST_MS) return { ...clock, sinceRestMs: 0, sinceBreakMs: 0 };
  return standsMs >= BREAK_MS ? { ...clock, sinceBreakMs: 0 } : clock;
}

/**
 * How long somebody has likely been at the wheel who was not watched: so far from a stop, so long after leaving it.
 * Ten hours that driving does not explain were a night.
 */
export function likelyAtTheWheel(drivenM: number, sinceDepartureMs: number): AtTheWheel {
  const wheelMs = Math.min((drivenM / (USUAL_KMH * 1000)) * HOUR_MS, sinceDepartureMs);
  const nights = Math.max(0, Math.floor((sinceDepartureMs - wheelMs) / REST_MS));
  const sinceRestMs = Math.min(REST_AFTER_MS, Math.max(0, wheelMs - nights * REST_AFTER_MS));
  return { sinceRestMs, sinceBreakMs: Math.min(sinceRestMs, sinceRestMs % (8 * HOUR_MS)) };
}
