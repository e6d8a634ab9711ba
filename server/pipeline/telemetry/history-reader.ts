import type { StoredReading, TrackReading } from "../../contracts/lane.ts";
import { MEASURES, OTHER_EVENT, READING_EVENTS } from "../../contracts/measures.ts";
import { decodeHistory } from "./chunk.ts";
import { COLUMNS, columnOf, LATITUDE, LONGITUDE, POSITION_MASK, SPEED, STRIDE, toValue } from "./columns.ts";
import type { LineKeeper } from "./line-keeper.ts";
import { REPEATED, type ReadingRows } from "./reading-rows.ts";
import type { Wanted } from "./segment.ts";
import { thin } from "./thin.ts";

/**
 * Stored pieces of a partition's history with readings of a vehicle within the range, unpacked, by rising `minTimeMs`.
 * A reading may come twice: from a segment, and sorted.
 */
export type HistoryBetween = (
  partition: number,
  range: { fromMs: number; toMs: number; vehicle: number | null },
) => AsyncIterable<{ minTimeMs: number; data: Buffer }>;

type Range = { fromMs: number; toMs: number };
type Point = { timeMs: number; value: number };
/** A reading with its place among those of its vehicle. */
type Found<T> = { timeMs: number; offset: number; reading: T };
const BASE = ["vehicle", "timeMs", "offset", "mask"] as const;

/** Answers questions about the past of one vehicle, from the stored history and what is not stored yet. */
export function createHistoryReader({ historyBetween }: { historyBetween: HistoryBetween }) {
  return { track, readings, series };

  /** Positions within the range (bounds included), in order, each as it was read, the first `limit`. */
  function track(keeper: LineKeeper, id: string, range: Range, limit: number): Promise<TrackReading[]> {
    const wanted: Wanted = { base: BASE, values: [LATITUDE, LONGITUDE, SPEED] };
    return firstOf(keeper, id, range, { limit, mask: POSITION_MASK, wanted, toReading: trackReading });
  }

  /** Readings within the range (bounds included) with all that they said, in order, the first `limit`. */
  function readings(keeper: LineKeeper, id: string, range: Range, limit: number): Promise<StoredReading[]> {
    return firstOf(keeper, id, range, { limit, mask: 0, wanted: undefined, toReading: storedReading });
  }

  async function firstOf<T>(
    keeper: LineKeeper,
    id: string,
    range: Range,
    asked: {
      limit: number;
      mask: number;
      wanted: Wanted | undefined;
      toReading(rows: ReadingRows, row: number, timeMs: number): T;
    },
  ): Promise<T[]> {
    const { line } = keeper;
    const vehicle = line.ids.find(id);
    if (vehicle === null) return [];
    const found = new Map<string, Found<T>>();
    const collect = (rows: ReadingRows) => {
      eachReading(rows, vehicle, range, asked.mask, (row, timeMs) => {
        const offset = rows.offset[row]!;
        const name = `${timeMs} ${offset}`;
        if (!found.has(name)) found.set(name, { timeMs, offset, reading: asked.toReading(rows, row, timeMs) });
      });
    };
    for (const rows of keeper.unsaved()) collect(rows);
    for await (const { minTimeMs, data } of historyBetween(line.partition, { ...range, vehicle })) {
      // Pieces come by rising time: once the answer is full, a later one has nothing to add to it.
      if (found.size >= asked.limit && minTimeMs > nthTime(found.values(), asked.limit)) break;
      collect(decodeHistory(data, asked.wanted).rows);
    }
    const inOrder = [...found.values()].sort((a, b) => a.timeMs - b.timeMs || a.offset - b.offset);
    return inOrder.slice(0, asked.limit).map(({ reading }) => reading);
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
      for await (const { data } of historyBetween(keeper.line.partition, { ...range, vehicle })) {
        collect(decodeHistory(data, wanted).rows);
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
    if (rows.vehicle[row] !== vehicle || (rows.mask[row]! & mask) !== mask || rows.outcome[row] === REPEATED) continue;
    const timeMs = rows.timeMs[row]!;
    if (timeMs >= fromMs && timeMs <= toMs) visit(row, timeMs);
  }
}

function trackReading(rows: ReadingRows, row: number, timeMs: number): TrackReading {
  const value = (column: number) => toValue(column, rows.values[row * STRIDE + column]!);
  const point = { timeMs, latitude: value(LATITUDE), longitude: value(LONGITUDE) };
  return rows.mask[row]! & (1 << SPEED) ? { ...point, speedKmh: value(SPEED) } : point;
}

/** All that a reading said, as the contract states it. */
function storedReading(rows: ReadingRows, row: number, timeMs: number): StoredReading {
  const measures: StoredReading["measures"] = {};
  for (let column = 0; column < STRIDE; column++) {
    if ((rows.mask[row]! & (1 << column)) === 0) continue;
    const { measure } = COLUMNS[column]!;
    const value = toValue(column, rows.values[row * STRIDE + column]!);
    if (measure.kind === "list") measures[measure.name] = [...((measures[measure.name] ?? []) as number[]), value];
    else measures[measure.name] = measure.kind === "boolean" ? value === 1 : value;
  }
  const event = rows.event[row]!;
  const name = event === OTHER_EVENT ? "other" : READING_EVENTS[event];
  return {
    timeMs,
    measures,
    ...(name ? { event: name } : {}),
    record: { offset: String(rows.offset[row]), timestampMs: rows.recordedMs[row]! },
  };
}

const ascending = <T extends { timeMs: number }>(points: Iterable<T>): T[] =>
  [...points].sort((a, b) => a.timeMs - b.timeMs);

function nthTime(found: Iterable<{ timeMs: number }>, limit: number): number {
  const times = Float64Array.from([...found].map(({ timeMs }) => timeMs)).sort();
  return times[limit - 1] ?? Number.POSITIVE_INFINITY;
}
