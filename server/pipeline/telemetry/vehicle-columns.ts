import { type HEADING, IGNITION, LATITUDE, type LONGITUDE, POSITION_MASK, SPEED, STRIDE } from "./columns.ts";
import { APPLIED, LATE, REPEATED, type ReadingRows, UNDECIDED } from "./reading-rows.ts";

/** Identities a vehicle remembers; a power of two. */
export const RING = 8;
const CAPACITY_MIN = 1024;
const SNAPSHOT_VERSION = 1;
const SNAPSHOT_HEAD_BYTES = 16;

/** Per vehicle, with how many places. One vehicle's places lie together: a few cache lines. */
const WIDTHS = {
  /** Newest value of each measure, and its time. */
  values: STRIDE,
  timesMs: STRIDE,
  /** Which measures were ever read. */
  known: 1,
  /** Time of the newest reading of any kind, and where its record stands. */
  newestMs: 1,
  recordOffset: 1,
  recordedMs: 1,
  /** The last identities; `forgottenMs` is the newest time among those that no longer have a place. */
  ringA: RING,
  ringB: RING,
  ringTimeMs: RING,
  ringNext: 1,
  forgottenMs: 1,
} as const;
type Name = keyof typeof WIDTHS;
const NAMES = Object.keys(WIDTHS) as Name[];
/** Times begin before all others. */
const BEGIN_EARLY: ReadonlySet<Name> = new Set(["timesMs", "newestMs", "ringTimeMs", "forgottenMs"]);

const makeColumns = (vehicles: number) => ({
  values: new Int32Array(vehicles * WIDTHS.values),
  timesMs: new Float64Array(vehicles * WIDTHS.timesMs),
  known: new Int32Array(vehicles * WIDTHS.known),
  newestMs: new Float64Array(vehicles * WIDTHS.newestMs),
  recordOffset: new Float64Array(vehicles * WIDTHS.recordOffset),
  recordedMs: new Float64Array(vehicles * WIDTHS.recordedMs),
  ringA: new Int32Array(vehicles * WIDTHS.ringA),
  ringB: new Int32Array(vehicles * WIDTHS.ringB),
  ringTimeMs: new Float64Array(vehicles * WIDTHS.ringTimeMs),
  ringNext: new Uint8Array(vehicles * WIDTHS.ringNext),
  forgottenMs: new Float64Array(vehicles * WIDTHS.forgottenMs),
});

/**
 * The present of one partition's vehicles: the newest value of each measure with its time. Readings may come in any
 * order and more than once; the end is the same. Of two values of one measure at the same time the first in the log wins.
 */
export class VehicleColumns {
  size = 0;
  columns = makeColumns(CAPACITY_MIN);
  #capacity = CAPACITY_MIN;

  constructor() {
    this.#begin(0);
  }

  reserve(vehicles: number): void {
    if (vehicles > this.#capacity) this.#grow(vehicles);
    this.size = Math.max(this.size, vehicles);
  }

  /** Folds rows `[from, rows.count)` in, writes the outcome of each, and tells which vehicles' present has changed. */
  fold(rows: ReadingRows, from: number, changed: (vehicle: number) => void): void {
    for (let row = from; row < rows.count; row++) {
      const vehicle = rows.vehicle[row]!;
      if (this.#isRemembered(rows, row)) {
        rows.outcome[row] = REPEATED;
        continue;
      }
      const timeMs = rows.timeMs[row]!;
      const isNewest = timeMs > this.columns.newestMs[vehicle]!;
      const hasMoved = this.#takeValues(rows, row) || isNewest;
      if (hasMoved) {
        rows.outcome[row] = APPLIED;
        changed(vehicle);
      } else rows.outcome[row] = timeMs > this.columns.forgottenMs[vehicle]! ? LATE : UNDECIDED;
      if (isNewest) {
        this.columns.newestMs[vehicle] = timeMs;
        this.columns.recordOffset[vehicle] = rows.offset[row]!;
        this.columns.recordedMs[vehicle] = rows.recordedMs[row]!;
      }
      this.#remember(rows, row);
    }
  }

  /**
   * Folds the stored rows whose time is not after `untilMs`, in the order of the log. They are known to be no repeats, so
   * identities do not matter, and outcomes stay as they are.
   */
  foldUpTo(rows: ReadingRows, untilMs: number): void {
    for (let row = 0; row < rows.count; row++) {
      const timeMs = rows.timeMs[row]!;
      if (timeMs > untilMs || rows.outcome[row] === REPEATED) continue;
      const vehicle = rows.vehicle[row]!;
      this.reserve(vehicle + 1);
      this.#takeValues(rows, row);
      if (timeMs > this.columns.newestMs[vehicle]!) this.#takePlace(rows, row);
    }
  }

  /** Whether anything was ever read of it. */
  isKnown(vehicle: number): boolean {
    return vehicle < this.size && this.columns.newestMs[vehicle]! > Number.NEGATIVE_INFINITY;
  }

  /** The code of `ChangeChunk.motion`: 0 moving, 1 idling, 2 stopped. Speed is kept in tenths of km/h. */
  motion(vehicle: number): 0 | 1 | 2 {
    const { values } = this.columns;
    if (values[vehicle * STRIDE + SPEED]! >= 50) return 0;
    return values[vehicle * STRIDE + IGNITION] === 1 ? 1 : 2;
  }

  hasPosition(vehicle: number): boolean {
    return (this.columns.known[vehicle]! & POSITION_MASK) === POSITION_MASK;
  }

  positionTimeMs(vehicle: number): number {
    return this.columns.timesMs[vehicle * STRIDE + LATITUDE]!;
  }

  stored(vehicle: number, column: typeof LATITUDE | typeof LONGITUDE | typeof HEADING | typeof SPEED): number {
    return this.columns.values[vehicle * STRIDE + column]!;
  }

  /** A copy of all columns: the line goes on while it is packed and written. */
  snapshot(): Buffer {
    const head = Buffer.alloc(SNAPSHOT_HEAD_BYTES);
    [SNAPSHOT_VERSION, this.size, RING, STRIDE].forEach((value, index) => {
      head.writeUInt32LE(value, index * 4);
    });
    const parts = NAMES.map((name) => {
      const column = this.columns[name];
      return Buffer.from(column.buffer, column.byteOffset, this.size * WIDTHS[name] * column.BYTES_PER_ELEMENT);
    });
    return Buffer.concat([head, ...parts]);
  }

  restore(snapshot: Buffer): void {
    const [version, size, ring, stride] = [0, 4, 8, 12].map((at) => snapshot.readUInt32LE(at));
    if (version !== SNAPSHOT_VERSION || ring !== RING || stride !== STRIDE) {
      throw new Error(`the stored state has form ${version}/${ring}/${stride}, which this version cannot read`);
    }
    this.reserve(size!);
    let at = SNAPSHOT_HEAD_BYTES;
    for (const name of NAMES) {
      const column = this.columns[name];
      const bytes = size! * WIDTHS[name] * column.BYTES_PER_ELEMENT;
      new Uint8Array(column.buffer, column.byteOffset, bytes).set(snapshot.subarray(at, at + bytes));
      at += bytes;
    }
  }

  #isRemembered(rows: ReadingRows, row: number): boolean {
    const { ringA, ringB, ringTimeMs } = this.columns;
    const a = rows.identityA[row];
    const b = rows.identityB[row];
    const ring = rows.vehicle[row]! * RING;
    for (let place = ring; place < ring + RING; place++) {
      if (ringA[place] === a && ringB[place] === b && ringTimeMs[place] !== Number.NEGATIVE_INFINITY) return true;
    }
    return false;
  }

  /** Takes what is newer than what is known, measure by measure: a source may send one measure a record. */
  #takeValues(rows: ReadingRows, row: number): boolean {
    const { values, timesMs, known } = this.columns;
    const vehicle = rows.vehicle[row]!;
    const timeMs = rows.timeMs[row]!;
    let mask = rows.mask[row]!;
    known[vehicle] = known[vehicle]! | mask;
    let hasTaken = false;
    for (let to = vehicle * STRIDE, from = row * STRIDE; mask !== 0; mask >>>= 1, to++, from++) {
      if ((mask & 1) === 0 || timeMs <= timesMs[to]!) continue;
      timesMs[to] = timeMs;
      values[to] = rows.values[from]!;
      hasTaken = true;
    }
    return hasTaken;
  }

  #takePlace(rows: ReadingRows, row: number): void {
    const vehicle = rows.vehicle[row]!;
    this.columns.newestMs[vehicle] = rows.timeMs[row]!;
    this.columns.recordOffset[vehicle] = rows.offset[row]!;
    this.columns.recordedMs[vehicle] = rows.recordedMs[row]!;
  }

  #remember(rows: ReadingRows, row: number): void {
    const { ringA, ringB, ringTimeMs, ringNext, forgottenMs } = this.columns;
    const vehicle = rows.vehicle[row]!;
    const place = vehicle * RING + ringNext[vehicle]!;
    if (ringTimeMs[place]! > forgottenMs[vehicle]!) forgottenMs[vehicle] = ringTimeMs[place]!;
    ringA[place] = rows.identityA[row]!;
    ringB[place] = rows.identityB[row]!;
    ringTimeMs[place] = rows.timeMs[row]!;
    ringNext[vehicle] = (ringNext[vehicle]! + 1) & (RING - 1);
  }

  #grow(vehicles: number): void {
    const from = this.#capacity;
    this.#capacity = Math.max(vehicles, this.#capacity * 2);
    const larger = makeColumns(this.#capacity);
    for (const name of NAMES) larger[name].set(this.columns[name]);
    this.columns = larger;
    this.#begin(from);
  }

  #begin(fromVehicle: number): void {
    for (const name of BEGIN_EARLY) this.columns[name].fill(Number.NEGATIVE_INFINITY, fromVehicle * WIDTHS[name]);
  }
}
