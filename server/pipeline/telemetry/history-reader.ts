import type { TrackReading } from "../../contracts/lane.ts";
import { MEASURES } from "../../contracts/measures.ts";
import { columnOf, LATITUDE, LONGITUDE, POSITION_MASK, SPEED, STRIDE, toValue } from "./columns.ts";
import type { LineKeeper } from "./line-keeper.ts";
import type { ReadingRows } from "./reading-rows.ts";
import { decodeSegment, type Wanted } from "./segment.ts";
import { thin } from "./thin.ts";

/** Stored segments of a partition that overlap the range, unpacked, by rising `minTimeMs`. */
export type SegmentsBetween = (
  partition: number,
  fromMs: number,
  toMs: number,
) => AsyncIterable<{ minTimeMs: number; data: Buffer }>;

type Range = { fromMs: number; toMs: number };
type Point = { timeMs: number; value: number };
const BASE = ["vehicle", "timeMs", "mask"] as const;

/** Answers questions about the past of one vehicle, from the stored segments and what is not stored yet. */
export function createHistoryReader({ segmentsBetween }: { segmentsBetween: SegmentsBetween }) {
  return { track, series };

  /** Positions within the range (bounds included), ascending, one for each time, at most `limit`. */
  async function track(keeper: LineKeeper, id: string, range: Range, limit: number): Promise<TrackReading[]> {
    const vehicle = keeper.line.ids.find(id);
    if (vehicle === null) return [];
    const found = new Map<number, TrackReading>();
    const collect = (rows: ReadingRows) => {
      eachReading(rows, vehicle, range, POSITION_MASK, (row, timeMs) => {
        if (!found.has(timeMs)) found.set(timeMs, trackReading(rows, row, timeMs));
      });
    };
    for (const rows of keeper.unsaved()) collect(rows);
    const wanted: Wanted = { base: BASE, values: [LATITUDE, LONGITUDE, SPEED] };
    for await (const { minTimeMs, data } of segmentsBetween(keeper.line.partition, range.fromMs, range.toMs)) {
      // Segments come by rising time: once the answer is full, a later one has nothing to add to it.
      if (found.size >= limit && minTimeMs > nthTime(found, limit)) break;
      collect(decodeSegment(data, wanted).rows);
    }
    return ascending(found.values()).slice(0, limit);
  }

  /** Values of each measure within the range, ascending, thinned to `pointsMax` with the extremes kept. */
  async function series(keeper: LineKeeper, id: string, names: readonly string[], range: Range, pointsMax: number) {
    const known = names.filter((name) => MEASURES.some((measure) => measure.name === name));
    const found = new Map(known.map((name) => [name, new Map<number, Point>()]));
    const vehicle = keeper.line.ids.find(id);
    const collect = (rows: ReadingRows) => {
      for (const [name, points] of found) {
        const column = columnOf(name);
        eachReading(rows, vehicle!, range, 1 << column, (row, timeMs) => {
          points.set(timeMs, { timeMs, value: toValue(column, rows.values[row * STRIDE + column]!) });
        });
      }
    };
    if (vehicle !== null) {
      for (const rows of keeper.unsaved()) collect(rows);
      const wanted: Wanted = { base: BASE, values: known.map(columnOf) };
      for await (const { data } of segmentsBetween(keeper.line.partition, range.fromMs, range.toMs)) {
        collect(decodeSegment(data, wanted).rows);
      }
    }
    return Object.fromEntries([...found].map(([name, points]) => [name, thin(ascending(points.values()), pointsMax)]));
  }
}

function eachReading(
  rows: ReadingRows,
  vehicle: number,
  { fromMs, toMs }: Range,
  mask: number,
  visit: (row: number, timeMs: number) => void,
): void {
  for (let row = 0; row < rows.count; row++) {
    if (rows.vehicle[row] !== vehicle || (rows.mask[row]! & mask) !== mask) continue;
    const timeMs = rows.timeMs[row]!;
    if (timeMs >= fromMs && timeMs <= toMs) visit(row, timeMs);
  }
}

function trackReading(rows: ReadingRows, row: number, timeMs: number): TrackReading {
  const value = (column: number) => toValue(column, rows.values[row * STRIDE + column]!);
  const point = { timeMs, latitude: value(LATITUDE), longitude: value(LONGITUDE) };
  return rows.mask[row]! & (1 << SPEED) ? { ...point, speedKmh: value(SPEED) } : point;
}

const ascending = <T extends { timeMs: number }>(points: Iterable<T>): T[] =>
  [...points].sort((a, b) => a.timeMs - b.timeMs);

const nthTime = (found: ReadonlyMap<number, unknown>, limit: number): number =>
  [...found.keys()].sort((a, b) => a - b)[limit - 1] ?? Number.POSITIVE_INFINITY;
