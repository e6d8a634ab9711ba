export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Waiting times that double up to a bound. */
export function backOff(firstMs: number, maxMs: number): { next(): number; reset(): void } {
  let waitMs = firstMs;
  return {
    next() {
      const now = waitMs;
      waitMs = Math.min(waitMs * 2, maxMs);
      return now;
    },
    reset() {
      waitMs = firstMs;
    },
  };
}
