import { type FactRecord, headerRecordOf, type ObjectBase } from "../business-object.ts";
import type { Day, RowFact } from "../sales-order.ts";
import type { RecordPlace } from "./order-parts.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A time (ISO 8601, UTC), or a day where no more is known. */
export type Moment = string;

export const isDay = (moment: Moment): boolean => moment.length === 10;

/** Text that sorts as time; a day stands for its end. */
export const sortKey = (moment: Moment): string => (isDay(moment) ? `${moment}T23:59:59.999Z` : moment);

export const timeOf = (ms: number): Moment => new Date(ms).toISOString();

/**
 * When a row says something happened; `null` where that cannot be known. A field that holds a day is changed at a time: that time is believed where it
 * lies within a day of the field (zones differ), otherwise the row was told later and only the day is known.
 */
export function momentOf({ day, atMs, isLoaded }: RowFact): Moment | null {
  if (isLoaded) return day;
  if (day === null || Math.abs(Date.parse(`${day}T12:00:00Z`) - atMs) <= 1.5 * DAY_MS) return timeOf(atMs);
  return day;
}

/** `later` after `earlier` in minutes; in whole days where one of them is a day. */
export function minutesBetween(earlier: Moment, later: Moment): number {
  if (!isDay(earlier) && !isDay(later)) return Math.round((Date.parse(later) - Date.parse(earlier)) / MINUTE_MS);
  return Math.round((dayMs(later) - dayMs(earlier)) / MINUTE_MS);
}

const dayMs = (moment: Moment): number => Date.parse(`${moment.slice(0, 10)}T00:00:00Z`);

export const dayOf = (moment: Moment): Day => moment.slice(0, 10);

export const placeOf = ({ topic, partition, offset, timestampMs }: FactRecord): RecordPlace => ({
  ...{ topic, partition, offset },
  timestamp: timeOf(timestampMs),
});

/** Where a field of the object's header was read. */
export function headerPlaceOf(object: Pick<ObjectBase, "headerRecord" | "record">): RecordPlace | null {
  const record = headerRecordOf(object);
  return record && placeOf(record);
}
