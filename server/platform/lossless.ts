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
  // A row of text alone, as most are, holds nothing that the much faster way would write otherwise.
  return (isFlatText(value) ? JSON.stringify(value) : stringify(value)) ?? "null";
}

function isFlatText(value: unknown): boolean {
  if (typeof value !== "object" || value === null || value instanceof LosslessNumber) return false;
  for (const name in value) {
    const inner = (value as Record<string, unknown>)[name];
    if (typeof inner === "object" && inner !== null) return false;
  }
  return true;
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
