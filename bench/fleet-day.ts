import { columnOf, STRIDE } from "../server/pipeline/telemetry/columns.ts";
import { ReadingRows } from "../server/pipeline/telemetry/reading-rows.ts";

export const QUARTER_MS = 15 * 60_000;
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
  readonly readingsADay: number;
  readonly endMs: number;
  readonly ids: readonly string[];
  readonly #latitude: Float64Array;
  readonly #longitude: Float64Array;
  readonly #odometer: Float64Array;
  /** When each sends within its interval. */
  readonly #phase: Float64Array;
  #offset = 0;

  constructor(
    readonly startMs: number,
    { vehicles, quarters }: { vehicles: number; quarters: number },
  ) {
    const each = (value: () => number) => Float64Array.from({ length: vehicles }, value);
    this.readingsADay = quarters * ROUNDS;
    this.endMs = startMs + quarters * QUARTER_MS;
    this.ids = Array.from({ length: vehicles }, (_, index) => `T${String(index).padStart(6, "0")}`);
    this.#latitude = each(() => (30 + roll(15_000) / 1000) * 1e7);
    this.#longitude = each(() => -(75 + roll(24_000) / 1000) * 1e7);
    this.#odometer = each(() => roll(900_000_000));
    this.#phase = each(() => roll(INTERVAL_MS - 5_000));
  }

  quarter(number: number): ReadingRows {
    const rows = new ReadingRows(this.ids.length * ROUNDS);
    for (let round = 0; round < ROUNDS; round++) {
      const roundMs = this.startMs + number * QUARTER_MS + round * INTERVAL_MS;
      for (let vehicle = 0; vehicle < this.ids.length; vehicle++) this.#add(rows, vehicle, roundMs);
    }
    return rows;
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
