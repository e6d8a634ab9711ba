type Point = { time: string; value: number };

/** A slot without a reading takes the one before it, so many slots far; beyond that the line has a gap. */
const CARRIED_SLOTS_MAX = 4;

/**
 * Readings at uneven times as evenly spaced values for a sparkline: the last reading of each of `slots` equal parts
 * from `fromMs` to `toMs`, `null` where the vehicle was silent for long.
 */
export function sparkValues(points: readonly Point[], fromMs: number, toMs: number, slots: number): (number | null)[] {
  const found = new Array<number | null>(slots).fill(null);
  for (const { time, value } of points) {
    const share = (Date.parse(time) - fromMs) / (toMs - fromMs);
    if (share >= 0 && share <= 1) found[Math.min(slots - 1, Math.floor(share * slots))] = value;
  }
  let carried = 0;
  let last: number | null = null;
  return found.map((value) => {
    carried = value === null ? carried + 1 : 0;
    if (value !== null) last = value;
    return carried <= CARRIED_SLOTS_MAX ? last : null;
  });
}
