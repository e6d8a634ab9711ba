const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** What a truck usually makes of an hour on the road, traffic and ramps included. */
export const USUAL_KMH = 85;
export const STOP_MS = 60 * MINUTE_MS;
/** After so long at the wheel without half an hour off it comes a break; after so long since the night comes the night. */
export const BREAK_AFTER_MS = 8 * HOUR_MS;
export const BREAK_MS = 30 * MINUTE_MS;
export const REST_AFTER_MS = 11 * HOUR_MS;
export const REST_MS = 10 * HOUR_MS;
/** The speed of the last half hour says something of the next hour, and nothing of the evening. */
const RECENT_COUNTS_MS = HOUR_MS;
const RECENT_KMH_MIN = 30;
const RECENT_KMH_MAX = 110;

/** How long the driver has been at the wheel, as far as it is known. */
export type AtTheWheel = { sinceRestMs: number; sinceBreakMs: number };

/** Hours at the wheel for so many metres, in milliseconds. */
export function drivingMs(metres: number, recentKmh: number | null): number {
  if (recentKmh === null) return timeMs(metres, USUAL_KMH);
  const kmh = Math.max(RECENT_KMH_MIN, Math.min(RECENT_KMH_MAX, recentKmh));
  const soon = Math.min(metres, (kmh * 1000 * RECENT_COUNTS_MS) / HOUR_MS);
  return timeMs(soon, kmh) + timeMs(metres - soon, USUAL_KMH);
}

const timeMs = (metres: number, kmh: number): number => (metres / (kmh * 1000)) * HOUR_MS;

/** The way with the breaks and nights it needs, and how long the driver is at the wheel then. */
export function withBreaks(wheelMs: number, before: AtTheWheel): { takesMs: number; after: AtTheWheel } {
  let { sinceRestMs, sinceBreakMs } = before;
  let takesMs = 0;
  for (let left = wheelMs; left > 0; ) {
    const untilRest = Math.max(0, REST_AFTER_MS - sinceRestMs);
    const untilBreak = Math.max(0, BREAK_AFTER_MS - sinceBreakMs);
    const step = Math.min(left, untilRest, untilBreak);
    takesMs += step;
    left -= step;
    sinceRestMs += step;
    sinceBreakMs += step;
    if (left <= 0) break;
    const isNight = sinceRestMs >= REST_AFTER_MS;
    takesMs += isNight ? REST_MS : BREAK_MS;
    if (isNight) sinceRestMs = 0;
    sinceBreakMs = 0;
  }
  return { takesMs, after: { sinceRestMs, sinceBreakMs } };
}

/** A stop of half an hour is a break; one of ten hours a night. */
export function afterStanding(before: AtTheWheel, standsMs: number): AtTheWheel {
  if (standsMs >= REST_MS) return { sinceRestMs: 0, sinceBreakMs: 0 };
  return standsMs >= BREAK_MS ? { ...before, sinceBreakMs: 0 } : before;
}
