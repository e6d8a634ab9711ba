export const STEP_MS = 15 * 60_000;
export const DAY_MS = 24 * 3_600_000;
export const STEPS = DAY_MS / STEP_MS;

/** The day that the bar spans. It ends now, unless the moment lies further back. */
export type TimeWindow = { endMs: number; isLast: boolean };

/** The bar moves in quarter hours, so that several people who look at one hour ask for the same moments. */
export const quarterBefore = (ms: number): number => ms - (ms % STEP_MS);

export function windowOf(atMs: number | null, nowMs: number): TimeWindow {
  const lastMs = quarterBefore(nowMs) + STEP_MS;
  if (atMs === null || atMs >= lastMs - DAY_MS) return { endMs: lastMs, isLast: true };
  // Whole days back from the present one, so that stepping by days and by quarters meet.
  const daysBack = Math.ceil((lastMs - DAY_MS - atMs) / DAY_MS);
  return { endMs: lastMs - daysBack * DAY_MS, isLast: false };
}

/** Where the handle stands; the last step of the last day is the present. */
export function stepOf(atMs: number | null, { endMs }: TimeWindow): number {
  return atMs === null ? STEPS : Math.round((quarterBefore(atMs) - (endMs - DAY_MS)) / STEP_MS);
}

/** The moment of a step; `null` is the present. */
export function momentOf(step: number, { endMs, isLast }: TimeWindow): number | null {
  return isLast && step >= STEPS ? null : endMs - DAY_MS + step * STEP_MS;
}
