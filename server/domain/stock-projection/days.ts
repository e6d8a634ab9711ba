import { Temporal } from "temporal-polyfill";
import type { Day } from "../sales-order.ts";

/** The calendar day of a moment in a place. A zone nobody knows counts as UTC: a day may be wrong, never missing. */
export function dayIn(timeZone: string | null, ms: number): Day {
  const instant = Temporal.Instant.fromEpochMilliseconds(ms);
  try {
    return instant
      .toZonedDateTimeISO(timeZone ?? "UTC")
      .toPlainDate()
      .toString();
  } catch {
    return instant.toZonedDateTimeISO("UTC").toPlainDate().toString();
  }
}

const DAY_MS = 24 * 60 * 60_000;

/** Days are counted in UTC, where each is as long as the others. */
const numberOf = (day: Day) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

export const addDays = (day: Day, days: number): Day =>
  new Date((numberOf(day) + days) * DAY_MS).toISOString().slice(0, 10);

/** How many days `day` lies after `start`; negative when before. */
export const daysAfter = (start: Day, day: Day): number => numberOf(day) - numberOf(start);
