import { LosslessNumber, parse, stringify } from "lossless-json";

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * JSON whose numbers keep their text; none becomes a JavaScript number on the way. One that a double holds to the letter
 * is kept as a literal, so any reader of the stored JSON sees the same digits. Every other one (64 bits, trailing zeros,
 * exponents, more digits than a double has) becomes a string with its exact text. Throws a `SyntaxError`.
 */
export function parseLossless(text: string): unknown {
  return parse(text, null, keepNumber);
}

/** The inverse: every kept number is written as the literal it was. */
export function stringifyLossless(value: unknown): string {
  return stringify(value) ?? "null";
}

/** The text of a number or string, or `null` for anything else. */
export function textOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  return value instanceof LosslessNumber ? value.value : null;
}

function keepNumber(literal: string): LosslessNumber | string {
  const survives = PLAIN_NUMBER.test(literal) && String(Number(literal)) === literal;
  return survives ? new LosslessNumber(literal) : literal;
}
