import { z } from "zod";

/** Making a format is slow, and a file names the same few zones thousands of times. */
const USUAL = new Set(Intl.supportedValuesOf("timeZone"));

/** Whether this name stands for a zone with rules of its own, such as `America/Chicago`; an offset alone has none. */
export function isTimeZone(name: string): boolean {
  if (USUAL.has(name)) return true;
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

export const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { message: "expected a time zone such as America/Chicago" });
