import { LosslessNumber, parse, stringify } from "lossless-json";

/** Longer numbers, and larger exponents, stay text: the database would write them out digit by digit. */
const LITERAL_LENGTH_MAX = 100;
const EXPONENT_MAX = 100;

/** JSON whose numbers keep their text: none of them ever becomes a JavaScript number. Throws a `SyntaxError`. */
export function parseLossless(text: string): unknown {
  return parse(text, null, keepNumber);
}

/** The inverse: every kept number is written as the literal it was. */
export function stringifyLossless(value: unknown): string {
  return stringify(value) ?? "null";
}

/**
 * JSON as the database holds it, for a reader that will `JSON.stringify` it again: a number that a double holds to the
 * letter is a number, every other one (64 bits, trailing zeros, many digits) is a string with its exact text.
 */
export function parseForReaders(text: string): unknown {
  return parse(text, null, (literal) => (String(Number(literal)) === literal ? Number(literal) : literal));
}

/** The text of a number or string, or `null` for anything else. */
export function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  return value instanceof LosslessNumber ? value.value : null;
}

function keepNumber(literal: string): LosslessNumber | string {
  const exponent = /[eE]([+-]?\d+)$/.exec(literal)?.[1];
  const holdable = literal.length <= LITERAL_LENGTH_MAX && Math.abs(Number(exponent ?? 0)) <= EXPONENT_MAX;
  return holdable ? new LosslessNumber(literal) : literal;
}
