import { MEASURES } from "../../contracts/measures.ts";
import { startsWith } from "./scan-text.ts";

/** The fields of reading.v1; the position is the key's number. Those from `FIRST_MEASURE` on are the measures. */
export const KEYS = [
  "schema",
  "vehicleId",
  "time",
  "source",
  "readingId",
  "event",
  ...MEASURES.map((measure) => measure.name),
];
export const SCHEMA = 0;
export const VEHICLE_ID = 1;
export const TIME = 2;
export const SOURCE = 3;
export const READING_ID = 4;
export const EVENT = 5;
export const FIRST_MEASURE = 6;
export const UNKNOWN_KEY = -1;

const QUOTED = KEYS.map((key) => Buffer.from(`"${key}"`));
export const KEY_LENGTHS = QUOTED.map((key) => key.length);

/**
 * Finds which field begins at a position. A source writes its fields in the same order again and again, so the field
 * that followed this one last time is tried first, and the table is searched only when that was wrong.
 */
export class KeyFinder {
  readonly #following = new Int8Array(KEYS.length + 1).fill(UNKNOWN_KEY);

  /** `before` is the number of the field before, or `KEYS.length` at the beginning. */
  find(bytes: Uint8Array, at: number, before: number): number {
    const likely = this.#following[before]!;
    if (likely >= 0 && startsWith(bytes, at, QUOTED[likely]!)) return likely;
    const key = QUOTED.findIndex((quoted) => startsWith(bytes, at, quoted));
    if (key >= 0) this.#following[before] = key;
    return key;
  }
}
