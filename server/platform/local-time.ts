import { Temporal } from "temporal-polyfill";

/** Plans are made to the quarter of an hour, so that few times are asked for often; reading one takes long. */
const KEPT_MAX = 50_000;
const kept = new Map<string, number | null>();

/**
 * The moment of a local date and time without a zone, or of the end of a local day, in milliseconds; `null` when the
 * text is neither. A zone nobody knows counts as UTC: a time may be some hours wrong, never missing.
 */
export function instantOf(local: string, timeZone: string | null): number | null {
  const name = `${local} ${timeZone ?? "UTC"}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  if (kept.size >= KEPT_MAX) kept.clear();
  const instant = readInstant(local, timeZone);
  kept.set(name, instant);
  return instant;
}

function readInstant(local: string, timeZone: string | null): number | null {
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
