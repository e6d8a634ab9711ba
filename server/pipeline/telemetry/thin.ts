/**
 * At most `pointsMax` of the points, in order. Each stretch of time gives its lowest and its highest value, so that a
 * short peak is still there on a chart of a whole month.
 */
export function thin<T extends { timeMs: number; value: number }>(points: readonly T[], pointsMax: number): T[] {
  if (points.length <= pointsMax) return [...points];
  const stretches = Math.max(1, Math.floor(pointsMax / 2));
  const first = points[0]!.timeMs;
  const span = points[points.length - 1]!.timeMs - first + 1;
  const kept: T[] = [];
  for (let index = 0; index < points.length; ) {
    const stretch = stretchOf(points[index]!.timeMs, first, span, stretches);
    let low = index;
    let high = index;
    for (; index < points.length && stretchOf(points[index]!.timeMs, first, span, stretches) === stretch; index++) {
      if (points[index]!.value < points[low]!.value) low = index;
      if (points[index]!.value > points[high]!.value) high = index;
    }
    kept.push(points[Math.min(low, high)]!);
    if (low !== high) kept.push(points[Math.max(low, high)]!);
  }
  return kept.slice(0, pointsMax);
}

const stretchOf = (timeMs: number, first: number, span: number, stretches: number): number =>
  Math.floor(((timeMs - first) / span) * stretches);
