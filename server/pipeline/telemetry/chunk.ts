import { STRIDE } from "./columns.ts";
import { decodeNumbers, encodeNumbers, skipNumbers } from "./number-column.ts";
import { ReadingRows } from "./reading-rows.ts";
import { type Base, type DecodedSegment, decodeSegment, FIRST_VALUE, SEGMENT_VERSION, type Wanted } from "./segment.ts";

/*
 * A history chunk: readings sorted by vehicle and time. Neighbours are readings of one vehicle, so that a column is kept
 * as its differences where that is shorter. Little-endian: u32 version, u32 rows, the vehicles and how many rows each
 * has, then columns: u8 number, u8 form, and the numbers (`number-column.ts`) that the form needs.
 */
const VERSION = 2;
const HEAD_BYTES = 8;
/** Each value itself. */
const PLAIN = 0;
/** The first value of each vehicle itself, the others less the one before. */
const DIFFERENCES = 1;

/** Column numbers are those of a segment; `recordedMs` is kept as the time it took to arrive. */
type Column = Exclude<Base, "vehicle">;
const READING_COLUMNS: readonly Column[] = ["timeMs", "offset", "recordedMs", "mask", "event", "outcome"];
const IDENTITY_COLUMNS: readonly Column[] = ["identityA", "identityB"];
const NUMBERS: Readonly<Record<Column, number>> = {
  timeMs: 1,
  offset: 2,
  recordedMs: 3,
  identityA: 4,
  identityB: 5,
  mask: 6,
  event: 7,
  outcome: 8,
};
const NAMES = new Map(Object.entries(NUMBERS).map(([name, number]) => [number, name as Column]));

/** Encodes the rows in `order`, which must be sorted by vehicle, without their identities. */
export function encodeChunk(rows: ReadingRows, order: Int32Array): Buffer {
  const writer = new ChunkWriter(rows, order);
  for (const name of READING_COLUMNS) writer.base(name);
  for (let column = 0; column < STRIDE; column++) writer.values(column);
  return writer.done();
}

/** The identities alone of the same rows: they are needed for a day, the readings for as long as the history goes. */
export function encodeIdentities(rows: ReadingRows, order: Int32Array): Buffer {
  const writer = new ChunkWriter(rows, order);
  for (const name of IDENTITY_COLUMNS) writer.base(name);
  return writer.done();
}

/** Reads a chunk or a segment, whichever it is. */
export function decodeHistory(data: Buffer, wanted?: Wanted): DecodedSegment {
  const version = data.readUInt32LE(0);
  if (version === SEGMENT_VERSION) return decodeSegment(data, wanted);
  if (version !== VERSION) throw new Error(`a chunk has form ${version}, which this version cannot read`);
  return { rows: decodeChunk(data, wanted), firstVehicle: 0, newIds: [] };
}

class ChunkWriter {
  readonly #parts: Buffer[] = [];
  readonly #scratch: Float64Array;
  readonly #differences: Float64Array;
  readonly #firsts: Float64Array;
  /** The vehicle of each value in `#scratch`. */
  readonly #owners: Int32Array;

  constructor(
    private readonly rows: ReadingRows,
    private readonly order: Int32Array,
  ) {
    const count = order.length;
    this.#scratch = new Float64Array(count);
    this.#differences = new Float64Array(count);
    this.#firsts = new Float64Array(count);
    this.#owners = new Int32Array(count);
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt32LE(VERSION, 0);
    head.writeUInt32LE(count, 4);
    this.#parts.push(head, ...this.#vehicles());
  }

  done(): Buffer {
    return Buffer.concat(this.#parts);
  }

  base(name: Column): void {
    const { rows, order } = this;
    const source = rows[name];
    const isArrival = name === "recordedMs";
    for (let place = 0; place < order.length; place++) {
      const row = order[place]!;
      this.#owners[place] = rows.vehicle[row]!;
      this.#scratch[place] = isArrival ? source[row]! - rows.timeMs[row]! : source[row]!;
    }
    this.#column(NUMBERS[name], order.length);
  }

  values(column: number): void {
    const { rows, order } = this;
    let count = 0;
    for (let place = 0; place < order.length; place++) {
      const row = order[place]!;
      if ((rows.mask[row]! & (1 << column)) === 0) continue;
      this.#owners[count] = rows.vehicle[row]!;
      this.#scratch[count++] = rows.values[row * STRIDE + column]!;
    }
    if (count > 0) this.#column(FIRST_VALUE + column, count);
  }

  #vehicles(): Buffer[] {
    const { rows, order } = this;
    const [vehicles, counts]: [number[], number[]] = [[], []];
    for (let place = 0; place < order.length; place++) {
      const vehicle = rows.vehicle[order[place]!]!;
      if (vehicles.at(-1) === vehicle) counts[counts.length - 1]! += 1;
      else {
        vehicles.push(vehicle);
        counts.push(1);
      }
    }
    const steps = vehicles.map((vehicle, index) => vehicle - (vehicles[index - 1] ?? 0));
    return [steps, counts].map((numbers) => encodeNumbers(Float64Array.from(numbers), numbers.length));
  }

  /** Writes the values in `#scratch` in the form that is shorter. */
  #column(number: number, count: number): void {
    const [values, owners] = [this.#scratch, this.#owners];
    let [firsts, others, bits] = [0, 0, 0];
    const base = lowest(values, count);
    for (let place = 0; place < count; place++) {
      const value = values[place]!;
      if (place === 0 || owners[place] !== owners[place - 1]) {
        this.#firsts[firsts++] = value;
        continue;
      }
      const difference = folded(value - values[place - 1]!);
      this.#differences[others++] = difference;
      bits += bitsOf(value - base) - bitsOf(difference);
    }
    if (bits > 0) {
      this.#parts.push(Buffer.from([number, DIFFERENCES]), encodeNumbers(this.#firsts, firsts));
      this.#parts.push(encodeNumbers(this.#differences, others));
    } else this.#parts.push(Buffer.from([number, PLAIN]), encodeNumbers(values, count));
  }
}

function decodeChunk(data: Buffer, wanted: Wanted | undefined): ReadingRows {
  const count = data.readUInt32LE(4);
  const rows = new ReadingRows(count);
  rows.count = count;
  const [scratch, firsts] = [new Float64Array(count), new Float64Array(count)];
  let at = readVehicles(data, rows, scratch, firsts);
  while (at < data.length) {
    const [number, form] = [data[at]!, data[at + 1]!];
    at += 2;
    if (!isWanted(number, wanted)) {
      at = skipNumbers(data, at);
      if (form === DIFFERENCES) at = skipNumbers(data, at);
      continue;
    }
    if (form === DIFFERENCES) at = decodeNumbers(data, at, firsts).next;
    at = decodeNumbers(data, at, scratch).next;
    place(rows, number, form, scratch, firsts);
  }
  return rows;
}

function readVehicles(data: Buffer, rows: ReadingRows, steps: Float64Array, counts: Float64Array): number {
  const vehicles = decodeNumbers(data, HEAD_BYTES, steps);
  const { next } = decodeNumbers(data, vehicles.next, counts);
  let [row, vehicle] = [0, 0];
  for (let index = 0; index < vehicles.count; index++) {
    vehicle += steps[index]!;
    rows.vehicle.fill(vehicle, row, row + counts[index]!);
    row += counts[index]!;
  }
  return next;
}

/** Puts the values of a column to their rows. */
function place(rows: ReadingRows, number: number, form: number, read: Float64Array, firsts: Float64Array): void {
  const isValue = number >= FIRST_VALUE;
  const bit = isValue ? 1 << (number - FIRST_VALUE) : 0;
  const name = NAMES.get(number);
  const target = isValue ? rows.values : rows[name!];
  let [taken, first, before, owner] = [0, 0, 0, -1];
  for (let row = 0; row < rows.count; row++) {
    if (isValue && (rows.mask[row]! & bit) === 0) continue;
    let value: number;
    if (form === PLAIN) value = read[taken++]!;
    else if (rows.vehicle[row] !== owner) value = firsts[first++]!;
    else value = before + unfolded(read[taken++]!);
    owner = rows.vehicle[row]!;
    before = value;
    target[isValue ? row * STRIDE + number - FIRST_VALUE : row] =
      name === "recordedMs" ? value + rows.timeMs[row]! : value;
  }
}

function isWanted(number: number, wanted: Wanted | undefined): boolean {
  if (!wanted) return true;
  if (number >= FIRST_VALUE) return wanted.values.includes(number - FIRST_VALUE);
  const name = NAMES.get(number)!;
  // The time of arrival is kept relative to the time of the reading, and values to the mask.
  return wanted.base.includes(name) || name === "timeMs" || name === "mask";
}

function lowest(values: Float64Array, count: number): number {
  let low = Number.POSITIVE_INFINITY;
  for (let index = 0; index < count; index++) if (values[index]! < low) low = values[index]!;
  return low;
}

const bitsOf = (value: number): number => (value < 2 ** 32 ? 32 - Math.clz32(value) : 53);

/** Small whole numbers of either sign become small ones without. */
const folded = (value: number): number => (value >= 0 ? value * 2 : -value * 2 - 1);
const unfolded = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);
