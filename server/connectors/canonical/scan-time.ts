const ZERO = 0x30;
const DASH = 0x2d;
const COLON = 0x3a;
const POINT = 0x2e;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const NO_DIGIT = -1e6;

/** Length of `YYYY-MM-DDTHH:MM:SS.mmmZ`. */
export const TIME_LENGTH = 24;
export const NOT_A_PLAIN_TIME = -1;

// Readings come by the day: the milliseconds of the date are computed once for each.
let cachedYear = 0;
let cachedMonthDay = 0;
let cachedDateMs = 0;

/**
 * Milliseconds since 1970 of the time at `at`, or `NOT_A_PLAIN_TIME` when it does not have exactly the form
 * `YYYY-MM-DDTHH:MM:SS.mmmZ`. The 29th of February is left to the JSON way, which knows leap years.
 */
export function scanTime(bytes: Uint8Array, at: number): number {
  if (!hasSeparators(bytes, at)) return NOT_A_PLAIN_TIME;
  const year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
  const monthDay = twoDigits(bytes, at + 5) * 100 + twoDigits(bytes, at + 8);
  if (year !== cachedYear || monthDay !== cachedMonthDay) {
    const dateMs = dateToMs(year, Math.floor(monthDay / 100), monthDay % 100);
    if (dateMs === NOT_A_PLAIN_TIME) return NOT_A_PLAIN_TIME;
    cachedYear = year;
    cachedMonthDay = monthDay;
    cachedDateMs = dateMs;
  }
  const hour = twoDigits(bytes, at + 11);
  const minute = twoDigits(bytes, at + 14);
  const second = twoDigits(bytes, at + 17);
  const millisecond = digit(bytes, at + 20) * 100 + twoDigits(bytes, at + 21);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || millisecond < 0) {
    return NOT_A_PLAIN_TIME;
  }
  return cachedDateMs + hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond;
}

function dateToMs(year: number, month: number, day: number): number {
  const isDate = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= DAYS_IN_MONTH[month - 1]!;
  return isDate ? Date.UTC(year, month - 1, day) : NOT_A_PLAIN_TIME;
}

function hasSeparators(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at + 4] === DASH &&
    bytes[at + 7] === DASH &&
    bytes[at + 10] === LETTER_T &&
    bytes[at + 13] === COLON &&
    bytes[at + 16] === COLON &&
    bytes[at + 19] === POINT &&
    bytes[at + 23] === LETTER_Z
  );
}

/** A digit, or a number so far below zero that no sum with it comes out as a valid part of a time. */
function digit(bytes: Uint8Array, at: number): number {
  const value = bytes[at]! - ZERO;
  return value >= 0 && value <= 9 ? value : NO_DIGIT;
}

const twoDigits = (bytes: Uint8Array, at: number): number => digit(bytes, at) * 10 + digit(bytes, at + 1);
