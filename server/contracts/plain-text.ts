import { z } from "zod";

/** One line a person wrote, trimmed: no control characters, because no name has them and a NUL cannot be stored. */
export function plainText(lengthMax: number) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  return textOf(/^[^\u0000-\u001f\u007f]*$/, lengthMax);
}

/** What a person wrote at length: several lines are fine, other control characters are not. */
export function longText(lengthMax: number) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  return textOf(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/, lengthMax);
}

function textOf(characters: RegExp, lengthMax: number) {
  return z
    .string()
    .trim()
    .min(1, "expected some text")
    .max(lengthMax, `expected at most ${lengthMax} characters`)
    .regex(characters, "expected no control characters");
}
