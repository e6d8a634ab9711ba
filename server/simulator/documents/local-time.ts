import { NO_DATE, NO_TIME } from "./sap-tables.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Date and time of day at a place, as SAP writes them: without the zone. */
export function localTime(timeMs: number, timeZone: string): { date: string; time: string } {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(timeMs)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts.year}${parts.month}${parts.day}`,
    time: `${parts.hour}${parts.minute}${parts.second}`,
  };
}

export const localDate = (timeMs: number, timeZone: string): string => localTime(timeMs, timeZone).date;
/** `YYYY-MM-DD`. */
export const localDay = (timeMs: number, timeZone: string): string =>
  localDate(timeMs, timeZone).replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");

/** `null`: the time is not known, which SAP writes as zeros. */
export const localTimeOrNone = (timeMs: number | null, timeZone: string): { date: string; time: string } =>
  timeMs === null ? { date: NO_DATE, time: NO_TIME } : localTime(timeMs, timeZone);

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const two = "2-digit";
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
  formats.set(timeZone, format);
  return format;
}
