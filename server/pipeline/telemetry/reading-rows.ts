import { STRIDE } from "./columns.ts";

/** What a step found a reading to be; the order is the code that is stored. */
export const APPLIED = 0;
export const LATE = 1;
export const REPEATED = 2;
/** Older than the identities a vehicle remembers: only the history can tell late from repeated. */
export const UNDECIDED = 3;

const CAPACITY_MIN = 1024;
/** The columns with one place a row. */
const SINGLE = [
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

/**
 * The readings of one partition since its last checkpoint, in columns: decoding appends, the other steps read the new
 * part, the checkpoint encodes all of it. So a reading is copied once, from the bytes of the record.
 */
export class ReadingRows {
  count = 0;
  /** Index of the vehicle in the partition's `IdTable`. */
  vehicle!: Int32Array;
  timeMs!: Float64Array;
  /** Where the record stands: its offset and its Kafka timestamp. */
  offset!: Float64Array;
  recordedMs!: Float64Array;
  /** 64 bits of identity, in two halves. */
  identityA!: Int32Array;
  identityB!: Int32Array;
  /** Which of the `STRIDE` values are set, bit by bit. */
  mask!: Int32Array;
  event!: Uint8Array;
  outcome!: Uint8Array;
  values!: Int32Array;
  #capacity = 0;

  constructor(capacity = CAPACITY_MIN) {
    this.#allocate(Math.max(1, capacity));
  }

  get capacity(): number {
    return this.#capacity;
  }

  /** Makes room for `extra` more rows. */
  reserve(extra: number): void {
    const needed = this.count + extra;
    if (needed <= this.#capacity) return;
    this.#allocate(Math.max(needed, this.#capacity * 2));
  }

  /** Adds some rows of others, in their order. */
  append(source: ReadingRows, rows: Iterable<number>): void {
    for (const row of rows) {
      this.reserve(1);
      const to = this.count++;
      for (const name of SINGLE) this[name][to] = source[name][row]!;
      this.values.set(source.values.subarray(row * STRIDE, (row + 1) * STRIDE), to * STRIDE);
    }
  }

  /** Adds all rows of others. */
  appendAll(source: ReadingRows): void {
    this.reserve(source.count);
    for (const name of SINGLE) this[name].set(source[name].subarray(0, source.count), this.count);
    this.values.set(source.values.subarray(0, source.count * STRIDE), this.count * STRIDE);
    this.count += source.count;
  }

  #allocate(capacity: number): void {
    const rows = this.count;
    this.#capacity = capacity;
    this.vehicle = copied(this.vehicle, new Int32Array(capacity), rows);
    this.timeMs = copied(this.timeMs, new Float64Array(capacity), rows);
    this.offset = copied(this.offset, new Float64Array(capacity), rows);
    this.recordedMs = copied(this.recordedMs, new Float64Array(capacity), rows);
    this.identityA = copied(this.identityA, new Int32Array(capacity), rows);
    this.identityB = copied(this.identityB, new Int32Array(capacity), rows);
    this.mask = copied(this.mask, new Int32Array(capacity), rows);
    this.event = copied(this.event, new Uint8Array(capacity), rows);
    this.outcome = copied(this.outcome, new Uint8Array(capacity), rows);
    this.values = copied(this.values, new Int32Array(capacity * STRIDE), rows * STRIDE);
  }
}

type Numbers = Int32Array | Float64Array | Uint8Array;

function copied<T extends Numbers>(old: T | undefined, fresh: T, length: number): T {
  if (old) fresh.set(old.subarray(0, length));
  return fresh;
}
