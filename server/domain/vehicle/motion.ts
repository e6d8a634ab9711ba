/** At this speed and above a vehicle is moving. */
export const MOVING_KMH_MIN = 5;
/** After this much silence a vehicle is offline. */
export const OFFLINE_AFTER_MS = 15 * 60_000;

export type Moving = "moving" | "idling" | "stopped";

/** What a vehicle does as far as its last readings say; unknown speed counts as standing, unknown ignition as off. */
export function movingOf(speedKmh: number | undefined, isIgnitionOn: boolean | undefined): Moving {
  if (speedKmh !== undefined && speedKmh >= MOVING_KMH_MIN) return "moving";
  return isIgnitionOn ? "idling" : "stopped";
}

export const isOffline = (seenMs: number, nowMs: number): boolean => nowMs - seenMs > OFFLINE_AFTER_MS;
