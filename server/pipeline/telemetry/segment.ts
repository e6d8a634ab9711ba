import { STRIDE } from "./columns.ts";
import { REPEATED, ReadingRows } from "./reading-rows.ts";

/*
 * One history segment: the kept readings of one partition since its last checkpoint, column by column, each as value
 * minus the column's minimum in 0, 1, 2, 4 or 8 bytes. It is the history, and the redo log of the state. Little-endian:
 *   u32 version, u32 rows, u32 index of the first new vehicle, u32 length of the new ids, the ids as JSON, then columns:
 *   u32 number, u32 bytes of data, u32 width, u32 zero, f64 minimum, data. A column of a measure has a place only for
 *   the rows whose mask names it; the mask comes before.
 */
export const SEGMENT_VERSION = 1;
const HEAD_BYTES = 16;
const COLUMN_HEAD_BYTES = 24;
/** The number of the first column of a measure. */
export const FIRST_VALUE = 16;

const BASE = [
  "vehicle",
  "timeMs",
  "offset",
  "recordedMs",
  "identityA",
  "identityB",
  "mask",
  "event",
  "outcome",
] as const;
export type Base = (typeof BASE)[number];

export type EncodedSegment = { data: Buffer; rows: number; minTimeMs: number; maxTimeMs: number };
export type DecodedSegment = { rows: ReadingRows; firstVehicle: number; newIds: string[] };
/** What to decode; the rest is skipped. `values` are column numbers. Everything when it is left out. */
export type Wanted = { base: readonly Base[]; values: readonly number[] };

/** Encodes all rows but the repeated ones; `null` when none is left. A new vehicle always comes with a kept row. */
export function encodeSegment(
  rows: ReadingRows,
  firstVehicle: number,
  newIds: readonly string[],
): EncodedSegment | null {
  const { kept, minTimeMs, maxTimeMs } = keptRows(rows);
  if (kept.length === 0) return null;
  const ids = Buffer.from(JSON.stringify(newIds));
  const head = Buffer.alloc(HEAD_BYTES);
  [SEGMENT_VERSION, kept.length, firstVehicle, ids.length].forEach((value, index) => {
    head.writeUInt32LE(value, index * 4);
  });
  const parts: Buffer[] = [head, ids];
  const scratch = new Float64Array(kept.length);
  BASE.forEach((name, number) => {
    gather(rows[name], kept, scratch);
    parts.push(encodeColumn(number, scratch, kept.length));
  });
  for (let column = 0; column < STRIDE; column++) {
    let count = 0;
    for (let index = 0; index < kept.length; index++) {
      const row = kept[index]!;
      if (rows.mask[row]! & (1 << column)) scratch[count++] = rows.values[row * STRIDE + column]!;
    }
    if (count > 0) parts.push(encodeColumn(FIRST_VALUE + column, scratch, count));
  }
  return { data: Buffer.concat(parts), rows: kept.length, minTimeMs, maxTimeMs };
}

/** One loop for each kind of array: a loop that meets several kinds is compiled for none of them. */
function gather(source: Float64Array | Int32Array | Uint8Array, kept: Int32Array, target: Float64Array): void {
  if (source instanceof Float64Array) gatherFloats(source, kept, target);
  else if (source instanceof Int32Array) gatherIntegers(source, kept, target);
  else gatherBytes(source, kept, target);
}

function gatherFloats(source: Float64Array, kept: Int32Array, target: Float64Array): void {
  for (let index = 0; index < kept.length; index++) target[index] = source[kept[index]!]!;
}

function gatherIntegers(source: Int32Array, kept: Int32Array, target: Float64Array): void {
  for (let index = 0; index < kept.length; index++) target[index] = source[kept[index]!]!;
}

function gatherBytes(source: Uint8Array, kept: Int32Array, target: Float64Array): void {
  for (let index = 0; index < kept.length; index++) target[index] = source[kept[index]!]!;
}

function keptRows(rows: ReadingRows): { kept: Int32Array; minTimeMs: number; maxTimeMs: number } {
  const kept = new Int32Array(rows.count);
  let count = 0;
  let minTimeMs = Number.POSITIVE_INFINITY;
  let maxTimeMs = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows.count; row++) {
    if (rows.outcome[row] === REPEATED) continue;
    kept[count++] = row;
    const timeMs = rows.timeMs[row]!;
    if (timeMs < minTimeMs) minTimeMs = timeMs;
    if (timeMs > maxTimeMs) maxTimeMs = timeMs;
  }
  return { kept: kept.subarray(0, count), minTimeMs, maxTimeMs };
}

function encodeColumn(number: number, values: Float64Array, count: number): Buffer {
  let min = count === 0 ? 0 : values[0]!;
  let max = min;
  for (let index = 1; index < count; index++) {
    const value = values[index]!;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  const width = widthOf(max - min);
  const column = Buffer.allocUnsafe(COLUMN_HEAD_BYTES + width * count);
  [number, width * count, width, 0].forEach((value, index) => {
    column.writeUInt32LE(value, index * 4);
  });
  column.writeDoubleLE(min, 16);
  writeData(column, values, count, min, width);
  return column;
}

function widthOf(span: number): 0 | 1 | 2 | 4 | 8 {
  if (span === 0) return 0;
  if (span < 2 ** 8) return 1;
  if (span < 2 ** 16) return 2;
  return span < 2 ** 32 ? 4 : 8;
}

function writeData(column: Buffer, values: Float64Array, count: number, min: number, width: 0 | 1 | 2 | 4 | 8): void {
  let at = COLUMN_HEAD_BYTES;
  for (let index = 0; index < count && width > 0; index++) {
    const value = values[index]!;
    if (width === 8) at = column.writeDoubleLE(value, at);
    else {
      // Cheaper than a call for each number: this loop runs 25 times a reading.
      const above = value - min;
      column[at++] = above;
      if (width > 1) column[at++] = above >>> 8;
      if (width > 2) {
        column[at++] = above >>> 16;
        column[at++] = above >>> 24;
      }
    }
  }
}

export function decodeSegment(data: Buffer, wanted?: Wanted): DecodedSegment {
  const [version, count, firstVehicle, idBytes] = [0, 4, 8, 12].map((at) => data.readUInt32LE(at)) as [
    number,
    number,
    number,
    number,
  ];
  if (version !== SEGMENT_VERSION) throw new Error(`a segment has form ${version}, which this version cannot read`);
  const rows = new ReadingRows(count);
  rows.count = count;
  const newIds = JSON.parse(data.toString("utf8", HEAD_BYTES, HEAD_BYTES + idBytes)) as string[];
  let at = HEAD_BYTES + idBytes;
  while (at < data.length) {
    const number = data.readUInt32LE(at);
    const bytes = data.readUInt32LE(at + 4);
    if (isWanted(number, wanted)) decodeColumn(data, at, number, rows);
    at += COLUMN_HEAD_BYTES + bytes;
  }
  return { rows, firstVehicle, newIds };
}

function isWanted(number: number, wanted: Wanted | undefined): boolean {
  if (!wanted) return true;
  return number < FIRST_VALUE ? wanted.base.includes(BASE[number]!) : wanted.values.includes(number - FIRST_VALUE);
}

function decodeColumn(data: Buffer, at: number, number: number, rows: ReadingRows): void {
  const width = data.readUInt32LE(at + 8);
  const min = data.readDoubleLE(at + 16);
  let from = at + COLUMN_HEAD_BYTES;
  const isValue = number >= FIRST_VALUE;
  const bit = isValue ? 1 << (number - FIRST_VALUE) : 0;
  const target = isValue ? rows.values : rows[BASE[number]!];
  for (let row = 0; row < rows.count; row++) {
    if (isValue && (rows.mask[row]! & bit) === 0) continue;
    target[isValue ? row * STRIDE + number - FIRST_VALUE : row] = readNumber(data, from, width, min);
    from += width;
  }
}

function readNumber(data: Buffer, at: number, width: number, min: number): number {
  if (width === 0) return min;
  if (width === 8) return data.readDoubleLE(at);
  if (width === 4) return min + data.readUInt32LE(at);
  return min + (width === 2 ? data[at]! + data[at + 1]! * 256 : data[at]!);
}
