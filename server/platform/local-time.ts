import { Temporal } from "temporal-polyfill";

/**
 * The moment of a local date and time without a zone, or of the end of a local day, in milliseconds; `null` when the
 * text is neither. A zone nobody knows counts as UTC: a time may be some hours wrong, never missing.
 */
export function instantOf(local: string, timeZone: string | null): number | null {
  const isDay = !local.includes("T");
  try {
    const time = isDay
      ? Temporal.PlainDate.from(local).toPlainDateTime("23:59:59")
      : Temporal.PlainDateTime.from(local);
    return inZone(time, timeZone ?? "UTC");
  } catch {
    return null;
  }
}

function inZone(time: Temporal.PlainDateTime, timeZone: string): number {
  try {
    return time.toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return time.toZonedDateTime("UTC").epochMilliseconds;
  }
}
