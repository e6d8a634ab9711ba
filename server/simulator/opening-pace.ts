/** A big company's books are told more slowly, so that a small machine that reads them has something left for its pages. */
const VEHICLES_AT_FULL_PACE = 1500;
const STRETCH_MAX = 20;

/** How many times longer than for a small company the books of the beginning are told. */
export const openingStretch = (vehicles: number): number =>
  Math.min(STRETCH_MAX, Math.max(1, vehicles / VEHICLES_AT_FULL_PACE));

/** The moment that is `ms` after the beginning, as a small company tells it. */
export const openingClock =
  ({ startMs, vehicles }: { startMs: number; vehicles: number }) =>
  (ms: number): number =>
    startMs + Math.round(ms * openingStretch(vehicles));
