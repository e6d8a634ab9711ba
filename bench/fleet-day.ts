import { columnOf, STRIDE } from "../server/pipeline/telemetry/columns.ts";
import { ReadingRows } from "../server/pipeline/telemetry/reading-rows.ts";

/** Of one partition of twelve; 165,000 in all. */
export const VEHICLES = 13_750;
export const QUARTER_MS = 15 * 60_000;
export const DAY_MS = 24 * 3_600_000;
/** 190 million readings a day of 165,000 vehicles are one in 75 seconds of each. */
const INTERVAL_MS = 75_000;
const ROUNDS = QUARTER_MS / INTERVAL_MS;

const MEASURES = [
  ...["latitude", "longitude", "headingDeg", "speedKmh", "odometerM", "ignition", "engineRpm", "coolantC"],
  ...["oilPressureKpa", "batteryV", "fuelPct", "engineHours"],
].map(columnOf);
const MASK = MEASURES.reduce((mask, column) => mask | (1 << column), 0);

/** A day of one partition's trucks: each goes on from where it was, and its engine's values wander. The same in every run. */
export class FleetDay {
  readonly readingsADay = (DAY_MS / QUARTER_MS) * ROUNDS;
  readonly ids = Array.from({ length: VEHICLES }, (_, index) => `T${String(index).padStart(6, "0")}`);
  readonly #latitude = Float64Array.from({ length: VEHICLES }, () => (30 + roll(15_000) / 1000) * 1e7);
  readonly #longitude = Float64Array.from({ length: VEHICLES }, () => -(75 + roll(24_000) / 1000) * 1e7);
  readonly #odometer = Float64Array.from({ length: VEHICLES }, () => roll(900_000_000));
  /** When each sends within its interval. */
  readonly #phase = Float64Array.from({ length: VEHICLES }, () => roll(INTERVAL_MS - 5_000));
  #offset = 0;

  constructor(readonly startMs: number) {}

  quarter(number: number): ReadingRows {
    return this.#rounds(number, 0, ROUNDS);
  }

  /** The same quarter hour as so many checkpoints store it. */
  *inPieces(number: number, pieces: number): Generator<ReadingRows> {
    const whole = this.quarter(number);
    const size = Math.ceil(whole.count / pieces);
    for (let from = 0; from < whole.count; from += size) {
      const piece = new ReadingRows(size);
      piece.append(
        whole,
        Array.from({ length: Math.min(size, whole.count - from) }, (_, index) => from + index),
      );
      yield piece;
    }
  }

  #rounds(quarter: number, from: number, to: number): ReadingRows {
    const rows = new ReadingRows(VEHICLES * (to - from));
    for (let round = from; round < to; round++) {
      const roundMs = this.startMs + quarter * QUARTER_MS + round * INTERVAL_MS;
      for (let vehicle = 0; vehicle < VEHICLES; vehicle++) this.#add(rows, vehicle, roundMs);
    }
    return rows;
  }

  #add(rows: ReadingRows, vehicle: number, roundMs: number): void {
    const row = rows.count++;
    const speed = roll(1100);
    // Tenths of km/h over 75 seconds, in hundred-thousandths of a degree as trackers send them.
    const moved = Math.round(speed * 0.0187) * 1000;
    this.#latitude[vehicle]! += (roll(2) * 2 - 1) * roll(moved + 1) - (roll(moved + 1) % 100);
    this.#longitude[vehicle]! += (roll(2) * 2 - 1) * roll(moved + 1) - (roll(moved + 1) % 100);
    this.#odometer[vehicle]! += Math.round(speed * 2.08);
    rows.vehicle[row] = vehicle;
    rows.timeMs[row] = roundMs + this.#phase[vehicle]! + roll(2_000);
    rows.recordedMs[row] = rows.timeMs[row]! + 150 + roll(2_000);
    rows.offset[row] = this.#offset++;
    rows.identityA[row] = roll(2 ** 32) | 0;
    rows.identityB[row] = roll(2 ** 32) | 0;
    rows.mask[row] = MASK;
    const values = [
      ...[Math.round(this.#latitude[vehicle]!), Math.round(this.#longitude[vehicle]!), roll(360) * 10, speed],
      ...[this.#odometer[vehicle]!, 1, 800 + roll(1200), 800 + roll(150), 300 + roll(90), 1300 + roll(100)],
      ...[roll(1000), Math.floor(this.#odometer[vehicle]! / 7000)],
    ];
    for (let index = 0; index < values.length; index++) rows.values[row * STRIDE + MEASURES[index]!] = values[index]!;
  }
}

let state = 42;
function roll(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
