type Point = { time: string; value: number };

/** A vehicle that stands reports every few minutes; a line is broken only where it was silent for longer than this. */
export const SPARK_GAP_MS = 20 * 60_000;

/**
 * Readings at uneven times as evenly spaced values for a sparkline: the last reading of each of `slots` equal parts
 * from `fromMs` to `toMs`, a straight line between two readings, the last one carried on to the end, and `null` where
 * nothing was heard for long.
 */
export function sparkValues(points: readonly Point[], fromMs: number, toMs: number, slots: number): (number | null)[] {
  const values = new Array<number | null>(slots).fill(null);
  for (const { time, value } of points) {
    const share = (Date.parse(time) - fromMs) / (toMs - fromMs);
    if (share >= 0 && share <= 1) values[Math.min(slots - 1, Math.floor(share * slots))] = value;
  }
  const slotsMax = SPARK_GAP_MS / ((toMs - fromMs) / slots);
  let lastIndex = -1;
  for (let index = 0; index < slots; index++) {
    if (values[index] === null) continue;
    if (lastIndex >= 0 && index - lastIndex <= slotsMax) bridge(values, lastIndex, index);
    lastIndex = index;
  }
  if (lastIndex >= 0 && slots - 1 - lastIndex <= slotsMax) values.fill(values[lastIndex]!, lastIndex);
  return values;
}

function bridge(values: (number | null)[], from: number, to: number): void {
  const first = values[from]!;
  const step = (values[to]! - first) / (to - from);
  for (let index = from + 1; index < to; index++) values[index] = first + step * (index - from);
}
