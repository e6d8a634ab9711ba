import type { Clock } from "../platform/clock.ts";

const WINDOW_S = 10;

/** Records a second over the last ten seconds, counted in whole seconds. */
export class RecordRate {
  readonly #counts = new Map<number, number>();

  constructor(private readonly clock: Clock) {}

  add(records: number): void {
    const second = this.#second();
    this.#counts.set(second, (this.#counts.get(second) ?? 0) + records);
    for (const old of this.#counts.keys()) if (old <= second - WINDOW_S) this.#counts.delete(old);
  }

  perSecond(): number {
    const second = this.#second();
    let sum = 0;
    for (const [at, records] of this.#counts) if (at > second - WINDOW_S) sum += records;
    return sum / WINDOW_S;
  }

  #second(): number {
    return Math.floor(this.clock() / 1000);
  }
}
