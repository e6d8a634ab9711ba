import { z } from "zod";

/** One line a person wrote, trimmed: no control characters, because no name has them and a NUL cannot be stored. */
export function plainText(lengthMax: number) {
  return (
    z
      .string()
      .trim()
      .min(1, "expected some text")
      .max(lengthMax, `expected at most ${lengthMax} characters`)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
      .regex(/^[^\u0000-\u001f\u007f]*$/, "expected no control characters")
  );
}
