import { Temporal } from "temporal-polyfill";
import type { Day } from "../sales-order.ts";

/** The end of a day in a time zone, milliseconds: the first moment of the next one. An unknown zone counts as UTC. */
export function endOfDayMs(day: Day, timeZone: string | null): number {
  const next = Temporal.PlainDate.from(day).add({ days: 1 });
  try {
    return next.toZonedDateTime(timeZone ?? "UTC").epochMilliseconds;
  } catch {
    // A zone that this runtime does not know: a site's record may hold any text.
    return next.toZonedDateTime("UTC").epochMilliseconds;
  }
}
