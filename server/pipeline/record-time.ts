/** Kafka's own way to say that a record has no timestamp. */
export const NO_TIME_MS = -1;
/** 9999-12-31: the last day that has a place in every format of a date. */
const LAST_MS = 253_402_300_799_999;

/**
 * The Kafka timestamp of a record. Producers may send anything, nanoseconds included, and not every broker refuses it:
 * what is no date counts as no timestamp, because no table and no page could show it.
 */
export function recordTimeMs(timestamp: string): number {
  const timeMs = Number(timestamp);
  return timeMs >= 0 && timeMs <= LAST_MS ? timeMs : NO_TIME_MS;
}
