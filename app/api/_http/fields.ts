import { z } from "zod";
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from "@/server/services/page.ts";

/**
 * The kinds of value a query may have. A query is text, so each says what text it takes; `wire` is how the description
 * of the API shows it.
 */

/** Bounds in whole numbers, both included. Nothing but digits is a number here: no `1e3`, no `0x10`, no spaces. */
export function wholeNumber({ min, max }: { min: number; max: number }) {
  const message = `expected a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
    .meta({ wire: { type: "integer", minimum: min, maximum: max } });
}

const Time = z.iso.datetime({ offset: true, message: "expected a time such as 2026-08-19T14:30:01.250Z" });

/** A moment with its zone, as milliseconds since 1970. */
export const Instant = Time.transform((time) => Date.parse(time)).meta({
  wire: { type: "string", format: "date-time" },
});

export const AsOf = Time.optional();

/** Text without control characters: PostgreSQL cannot hold a NUL, and no name has the others. */
export function text(lengthMax: number) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  return textOf(/^[^\u0000-\u001f\u007f]*$/, lengthMax);
}

/** What a person writes: several lines are fine, other control characters are not. */
export function comment(lengthMax: number) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  return textOf(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/, lengthMax);
}

function textOf(characters: RegExp, lengthMax: number) {
  return z
    .string()
    .min(1, "expected some text")
    .max(lengthMax, `expected at most ${lengthMax} characters`)
    .regex(characters, "expected no control characters");
}

/** Some of these words, separated by commas. */
export function oneOrMoreOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z
    .string()
    .transform((list) => list.split(","))
    .pipe(z.array(z.enum(words, `expected some of ${words.join(", ")}`)).max(words.length, "each at most once"))
    .meta({ wire: { type: "string", description: `some of ${words.join(", ")}, separated by commas` } });
}

export const Paging = {
  limit: wholeNumber({ min: 1, max: PAGE_SIZE_MAX }).default(PAGE_SIZE_DEFAULT),
  cursor: text(2_000).optional(),
};
