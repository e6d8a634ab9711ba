import { encodeChunk, encodeIdentities } from "./chunk.ts";
import { ReadingRows } from "./reading-rows.ts";
import { decodeSegment } from "./segment.ts";

/** Readings of a few vehicles, sorted by vehicle and time. */
export type CompactedPart = {
  data: Buffer;
  identities: Buffer;
  /** Places in the partition's count of vehicles. */
  firstVehicle: number;
  lastVehicle: number;
  rows: number;
  minTimeMs: number;
  maxTimeMs: number;
  /** When the last of the records was taken by the broker. */
  recordedToMs: number;
};

/** Enough that a packer learns the columns, few enough that a question about one vehicle reads little beside. */
const PART_ROWS = 1024;
/** One vehicle that sends much is cut as well. */
const PART_ROWS_MAX = 4096;
/** So long before the first of the run arrived, a reading is late: kept apart, or every part would span days. */
const LATE_MS = 15 * 60_000;

/** The readings of consecutive segments, in the order of the log, as parts that can be asked by vehicle. Loses none. */
export function compactSegments(segments: readonly Buffer[]): CompactedPart[] {
  const decoded = segments.map((data) => decodeSegment(data).rows);
  const rows = new ReadingRows(decoded.reduce((sum, { count }) => sum + count, 0));
  for (const each of decoded) rows.appendAll(each);
  const lateBeforeMs = earliest(rows) - LATE_MS;
  const isLate = (row: number) => rows.timeMs[row]! < lateBeforeMs;
  const sorted = byVehicleAndTime(rows);
  return [
    ...cutParts(
      rows,
      sorted.filter((row) => !isLate(row)),
    ),
    ...cutParts(rows, sorted.filter(isLate)),
  ];
}

/** Rows by vehicle, then time, then the log's order: of two at the same time the first in the log stays first. */
function byVehicleAndTime(rows: ReadingRows): Int32Array {
  const { count, vehicle, timeMs } = rows;
  let vehicles = 0;
  for (let row = 0; row < count; row++) vehicles = Math.max(vehicles, vehicle[row]! + 1);
  const ends = new Int32Array(vehicles + 1);
  for (let row = 0; row < count; row++) ends[vehicle[row]! + 1]! += 1;
  for (let index = 0; index < vehicles; index++) ends[index + 1]! += ends[index]!;
  const starts = ends.slice();
  const order = new Int32Array(count);
  for (let row = 0; row < count; row++) order[ends[vehicle[row]!]!++] = row;
  for (let index = 0; index < vehicles; index++) {
    const own = order.subarray(starts[index], starts[index + 1]);
    if (!isInOrder(own, timeMs)) own.sort((a, b) => timeMs[a]! - timeMs[b]! || a - b);
  }
  return order;
}

function isInOrder(rows: Int32Array, timeMs: Float64Array): boolean {
  for (let index = 1; index < rows.length; index++) if (timeMs[rows[index]!]! < timeMs[rows[index - 1]!]!) return false;
  return true;
}

function cutParts(rows: ReadingRows, order: Int32Array): CompactedPart[] {
  const parts: CompactedPart[] = [];
  for (let start = 0; start < order.length; ) {
    let end = Math.min(order.length, start + PART_ROWS);
    const isCut = () => end === order.length || rows.vehicle[order[end]!] !== rows.vehicle[order[end - 1]!];
    while (!isCut() && end - start < PART_ROWS_MAX) end++;
    parts.push(toPart(rows, order.subarray(start, end)));
    start = end;
  }
  return parts;
}

function toPart(rows: ReadingRows, order: Int32Array): CompactedPart {
  let [minTimeMs, maxTimeMs, recordedToMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const row of order) {
    minTimeMs = Math.min(minTimeMs, rows.timeMs[row]!);
    maxTimeMs = Math.max(maxTimeMs, rows.timeMs[row]!);
    recordedToMs = Math.max(recordedToMs, rows.recordedMs[row]!);
  }
  return {
    data: encodeChunk(rows, order),
    identities: encodeIdentities(rows, order),
    firstVehicle: rows.vehicle[order[0]!]!,
    lastVehicle: rows.vehicle[order[order.length - 1]!]!,
    rows: order.length,
    ...{ minTimeMs, maxTimeMs, recordedToMs },
  };
}

function earliest(rows: ReadingRows): number {
  let found = Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows.count; row++) found = Math.min(found, rows.recordedMs[row]!);
  return found;
}
