export type Spread = { count: number; p50: number; p95: number; p99: number; max: number };

/** Gathers figures and tells how they are spread. */
export class Samples {
  #values: number[] = [];

  add(value: number): void {
    this.#values.push(value);
  }

  /** Of those since the last call; without any, all of it is infinite: nothing that was not seen is in bounds. */
  take(): Spread {
    const sorted = Float64Array.from(this.#values).sort();
    this.#values = [];
    const quantile = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Infinity;
    return { count: sorted.length, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99), max: quantile(1) };
  }
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** How much more the last third of some figures is than the first, on average. */
export function growth(values: readonly number[]): number {
  const third = Math.max(1, Math.floor(values.length / 3));
  return mean(values.slice(-third)) - mean(values.slice(0, third));
}
