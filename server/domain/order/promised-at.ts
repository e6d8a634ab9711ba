import { Temporal } from "temporal-polyfill";
import type { Day } from "../sales-order.ts";

/** Days and zones are few, orders many, and calendars slow: what was worked out is kept, so many at most. */
const KNOWN_MAX = 5_000;
const known = new Map<string, number>();

/** The end of a day in a time zone, milliseconds: the first moment of the next one. An unknown zone counts as UTC. */
export function endOfDayMs(day: Day, timeZone: string | null): number {
  const name = `${day} ${timeZone}`;
  const found = known.get(name) ?? workOut(day, timeZone);
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(name, found);
  return found;
}

function workOut(day: Day, timeZone: string | null): number {
  const next = Temporal.PlainDate.from(day).add({ days: 1 });
  try {
    return next.toZonedDateTime(timeZone ?? "UTC").epochMilliseconds;
  } catch {
    // A zone that this runtime does not know: a site's record may hold any text.
    return next.toZonedDateTime("UTC").epochMilliseconds;
  }
}
