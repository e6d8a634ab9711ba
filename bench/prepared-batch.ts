import { PLACES } from "./reading.ts";
import { encodeBatch, stampBatch } from "./record-batch.ts";

/** What a reading is meant to be taken for. */
const APPLIED = 0;
const LATE = 1;
const REPEATED = 2;
const BROKEN = 3;

/** Of ten thousand readings so many are broken, late and sent twice: the rest, more than 99 %, are to count as applied. */
const BROKEN_OF_10000 = 8;
const LATE_OF_10000 = 40;
const REPEATED_OF_10000 = 30;
const LATE_BY_MS = 30_000;

/** In each batch this reading is a sentinel: its vehicle stops and goes in turn, so its mark changes each time. */
const SENTINEL = 7;
const STANDING = Buffer.from("0.00");
const UNDER_WAY = Buffer.from("64.5");
const STEPS = 100_000;
const OPEN_BRACKET = 123;
const NO_BRACKET = 120;

export type Moment = {
  nowMs: number;
  /** How often each vehicle has spoken by now. */
  round: number;
  /** How far a vehicle is farther on than in its last reading, in ten millionths of a degree. */
  stepE7: number;
};

/**
 * Readings of some vehicles of one partition, encoded once. Before each sending the digits that change are written over
 * in place and the checksum is made anew: so the load costs a fraction of what it measures.
 */
export class PreparedBatch {
  readonly bytes: Buffer;
  readonly records: number;
  readonly #values: Int32Array;
  readonly #kinds: Uint8Array;
  /** Where each vehicle began, so that they do not all move alike. */
  readonly #starts: Int32Array;

  constructor(readings: readonly { key: string; value: string }[]) {
    this.bytes = encodeBatch(readings, 0);
    this.records = readings.length;
    this.#kinds = new Uint8Array(readings.length);
    this.#starts = Int32Array.from(readings, () => roll(STEPS));
    let from = 0;
    this.#values = Int32Array.from(readings, ({ value }) => {
      from = this.bytes.indexOf(value, from, "latin1");
      return from;
    });
  }

  /** Makes the bytes those of the moment. In the first round every vehicle is heard of by a good reading. */
  patch({ nowMs, round, stepE7 }: Moment): void {
    const times = { [APPLIED]: isoBytes(nowMs), [LATE]: isoBytes(nowMs - LATE_BY_MS) };
    for (let record = 0; record < this.records; record++) {
      const at = this.#values[record]!;
      const before = this.#kinds[record]!;
      const kind = record === SENTINEL || round === 0 ? APPLIED : kindOf(roll(10_000));
      // Only what was well can be repeated: its bytes stay as they are.
      if (kind === REPEATED && before !== BROKEN) continue;
      this.#kinds[record] = kind === REPEATED ? APPLIED : kind;
      this.bytes[at] = kind === BROKEN ? NO_BRACKET : OPEN_BRACKET;
      this.bytes.set(kind === LATE ? times[LATE] : times[APPLIED], at + PLACES.time);
      this.#patchMeasures(at, round, this.#starts[record]! + round * stepE7);
      if (record === SENTINEL) this.bytes.set(round % 2 === 0 ? UNDER_WAY : STANDING, at + PLACES.speed);
    }
    stampBatch(this.bytes, nowMs);
  }

  #patchMeasures(at: number, round: number, way: number): void {
    const { bytes } = this;
    const some = roll(2 ** 30);
    writeDigits(bytes, at + PLACES.readingId, 8, round);
    writeDigits(bytes, at + PLACES.latitude, 5, way % STEPS);
    writeDigits(bytes, at + PLACES.longitude, 5, (way * 3) % STEPS);
    writeDigits(bytes, at + PLACES.heading, 2, some % 60);
    writeDigits(bytes, at + PLACES.speed, 2, 60 + (some % 30));
    writeDigits(bytes, at + PLACES.odometer, 5, (round * 187) % STEPS);
    writeDigits(bytes, at + PLACES.engine, 3, (some >>> 3) % 1000);
    writeDigits(bytes, at + PLACES.coolant, 2, 80 + ((some >>> 5) % 15));
    writeDigits(bytes, at + PLACES.oil, 2, (some >>> 7) % 100);
    writeDigits(bytes, at + PLACES.fuel, 2, 50 + ((some >>> 9) % 40));
  }
}

function kindOf(rolled: number): number {
  if (rolled < BROKEN_OF_10000) return BROKEN;
  if (rolled < BROKEN_OF_10000 + LATE_OF_10000) return LATE;
  return rolled < BROKEN_OF_10000 + LATE_OF_10000 + REPEATED_OF_10000 ? REPEATED : APPLIED;
}

const isoBytes = (timeMs: number): Buffer => Buffer.from(new Date(timeMs).toISOString());

function writeDigits(bytes: Buffer, at: number, width: number, value: number): void {
  let rest = value;
  for (let place = at + width - 1; place >= at; place--) {
    bytes[place] = 48 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}

let state = 42;
/** The same numbers in every run. */
export function roll(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
