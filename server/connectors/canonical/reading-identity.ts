import type { ReadingRows } from "../../pipeline/telemetry/reading-rows.ts";

const START_A = -2128831035;
const FACTOR_A = 16777619;
const START_B = 374761393;
const FACTOR_B = 668265263;
/** Stands between source and id, so that "ab" + "c" and "a" + "bc" differ. No text holds this byte. */
const SEPARATOR = 0xff;

/**
 * Writes the identity of a reading: source and reading id. Vehicles are kept apart by their index. Two hashes of 32 bits
 * with different factors, so that a chance meeting takes billions of readings of one vehicle.
 */
export function writeNamedIdentity(
  rows: ReadingRows,
  row: number,
  source: { bytes: Uint8Array; from: number; to: number } | null,
  id: { bytes: Uint8Array; from: number; to: number },
): void {
  let a = START_A;
  let b = START_B;
  if (source) {
    for (let at = source.from; at < source.to; at++) {
      a = Math.imul(a ^ source.bytes[at]!, FACTOR_A);
      b = Math.imul(b ^ source.bytes[at]!, FACTOR_B);
    }
  }
  a = Math.imul(a ^ SEPARATOR, FACTOR_A);
  b = Math.imul(b ^ SEPARATOR, FACTOR_B);
  for (let at = id.from; at < id.to; at++) {
    a = Math.imul(a ^ id.bytes[at]!, FACTOR_A);
    b = Math.imul(b ^ id.bytes[at]!, FACTOR_B);
  }
  rows.identityA[row] = a;
  rows.identityB[row] = b;
}

/** A reading without an id is the same as another when all its bytes are; its time is among them. */
export function writeContentIdentity(rows: ReadingRows, row: number, document: Uint8Array): void {
  let a = START_A;
  let b = START_B;
  for (let at = 0; at < document.length; at++) {
    a = Math.imul(a ^ document[at]!, FACTOR_A);
    b = Math.imul(b ^ document[at]!, FACTOR_B);
  }
  rows.identityA[row] = a;
  rows.identityB[row] = b;
}
