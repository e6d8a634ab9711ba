/** Document numbers have ten digits and count milliseconds from here: they come round after 115 days. */
const EPOCH_MS = Date.UTC(2026, 0, 1);
const NUMBERS = 10_000_000_000;

/**
 * Numbers for documents, taken from the time they are made at, so that a world started again on the same log goes on
 * with new ones. Several at one moment get the numbers after it. `offset` keeps two kinds of documents apart.
 */
export function createNumberRange(offset: number) {
  let last = -Infinity;
  return function take(timeMs: number): string {
    last = Math.max(last + 1, Math.floor(timeMs) - EPOCH_MS + offset);
    return String(((last % NUMBERS) + NUMBERS) % NUMBERS).padStart(10, "0");
  };
}
