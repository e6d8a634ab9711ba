import { parse } from "lossless-json";

/**
 * JSON without the loss: a whole number that a double holds exactly is a number, every decimal and every larger whole
 * number is a string with its exact text. Throws a `SyntaxError`.
 */
export function parseLossless(text: string): unknown {
  return parse(text, null, (literal) => (String(exactWhole(literal)) === literal ? Number(literal) : literal));
}

/** The exact text of a number or string, or `null` for anything else. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

const WHOLE = /^-?\d+$/;

function exactWhole(literal: string): number | null {
  const number = WHOLE.test(literal) ? Number(literal) : null;
  return Number.isSafeInteger(number) ? number : null;
}
