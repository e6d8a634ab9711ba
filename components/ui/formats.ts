import type { Messages } from "@/components/messages/en.ts";

export type Units = "us" | "metric";

/** How this person reads: locale for numbers and names of days, units, and the IANA zone in which times are told. */
export type FormatOptions = { locale: string; units: Units; timeZone: string; messages: Messages };

/** A number and its unit, apart, so that the unit can be set faint. `unit` is empty where there is none. */
export type Quantity = { value: string; unit: string };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const KM_PER_MILE = 1.609344;
const LITRES_PER_GALLON = 3.785411784;
const KPA_PER_PSI = 6.894757293;
const FEET_PER_METRE = 3.280839895;

export type Formats = ReturnType<typeof makeFormats>;

/** Everything that turns a stored value (UTC, metric) into what this person reads. Pure: give it the moment it is now. */
export function makeFormats({ locale, units, timeZone, messages }: FormatOptions) {
  return {
    units,
    timeZone,
    ...makeNumbers(locale, messages),
    ...makeDurations(locale, messages),
    ...makeTimes(locale, timeZone, messages),
    ...makeQuantities(locale, units, messages),
  };
}

/** Intl writes a hyphen before a negative number in most locales; a number has a true minus. */
const withTrueMinus = (text: string) => text.replace(/^-/, "−");

function makeNumbers(locale: string, messages: Messages) {
  const byDigits = new Map<number, Intl.NumberFormat>();
  const number = (value: number | null | undefined, digits = 0): string => {
    if (value === null || value === undefined || !Number.isFinite(value)) return messages.missing;
    let format = byDigits.get(digits);
    if (!format) {
      format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
      byDigits.set(digits, format);
    }
    const rounded = Number(value.toFixed(digits)) === 0 ? 0 : value;
    return withTrueMinus(format.format(rounded));
  };
  const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  /** For where there is no room: whole up to 999, then `1.3K`. */
  const compact = (value: number | null | undefined): string =>
    value === null || value === undefined || value < 1_000 ? number(value) : short.format(value);
  /** Partition and offset of a record: `p14 @918 442 107`. Offsets are 64-bit, so they stay strings. */
  const place = (partition: number, offset: string) => `p${partition} @${offset.replace(/\B(?=(\d{3})+$)/g, "\u202f")}`;
  return { number, compact, place };
}

function makeDurations(locale: string, messages: Messages) {
  const decimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const twoDigits = (value: number) => String(value).padStart(2, "0");

  const hoursAndMinutes = (ms: number, minuteWord: string) => {
    const minutes = Math.floor(ms / MINUTE);
    const rest = minutes % 60;
    return `${Math.floor(minutes / 60)} h${rest || !minuteWord ? ` ${twoDigits(rest)}${minuteWord}` : ""}`;
  };

  /** `45 s`, `8 min`, `1 h 54 min`, `3 d 4 h`. */
  const duration = (ms: number | null | undefined): string => {
    if (ms === null || ms === undefined || !Number.isFinite(ms)) return messages.missing;
    const whole = Math.max(0, ms);
    if (whole < MINUTE) return `${Math.floor(whole / SECOND)} s`;
    if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
    if (whole < DAY) return hoursAndMinutes(whole, " min");
    const hours = Math.floor((whole % DAY) / HOUR);
    return `${Math.floor(whole / DAY)} d${hours ? ` ${hours} h` : ""}`;
  };

  /** `3 s`, `18 min`, `2 h 41`, `3 d`: as short as a table row wants it. */
  const age = (ms: number | null | undefined): string => {
    if (ms === null || ms === undefined || !Number.isFinite(ms)) return messages.missing;
    const whole = Math.max(0, ms);
    if (whole < HOUR) return duration(whole);
    return whole < DAY ? hoursAndMinutes(whole, "") : `${Math.floor(whole / DAY)} d`;
  };

  /** A signed difference for tables: `+1 h 54`, `−8 min`. */
  const difference = (ms: number | null | undefined): string => {
    if (ms === null || ms === undefined || !Number.isFinite(ms)) return messages.missing;
    const sign = ms > 0 ? "+" : ms < 0 ? "−" : "";
    return `${sign}${age(Math.abs(ms))}`;
  };

  /** How far something is behind: `0.8 s`, `4 s`, then as an age. */
  const lag = (ms: number | null | undefined): string => {
    if (ms === null || ms === undefined || !Number.isFinite(ms)) return messages.missing;
    return ms < 2 * SECOND ? `${decimal.format(Math.max(0, ms) / SECOND)} s` : age(ms);
  };

  return { duration, age, difference, lag };
}

function makeTimes(locale: string, timeZone: string, messages: Messages) {
  const clock = new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const withSeconds = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const weekday = new Intl.DateTimeFormat(locale, { timeZone, weekday: "short" });
  const day = new Intl.DateTimeFormat(locale, { timeZone, day: "numeric" });
  const month = new Intl.DateTimeFormat(locale, { timeZone, month: "short" });
  const date = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const zoneName = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" });

  const dayOf = (ms: number) => `${day.format(ms)} ${month.format(ms)}`;
  /** `14:32` today, `Tue 14:32` within a week, `17 Nov 14:32` otherwise. The zone is printed once a view, by the clock. */
  const time = (at: number | string | null | undefined, nowMs: number): string => {
    const ms = typeof at === "string" ? Date.parse(at) : at;
    if (ms === null || ms === undefined || !Number.isFinite(ms)) return messages.missing;
    if (date.format(ms) === date.format(nowMs)) return clock.format(ms);
    const near = Math.abs(nowMs - ms) < 6 * DAY;
    return near ? `${weekday.format(ms)} ${clock.format(ms)}` : `${dayOf(ms)} ${clock.format(ms)}`;
  };
  /** With seconds, for the clock and for evidence: `14:32:07`. */
  const timeOfDay = (ms: number) => withSeconds.format(ms);
  /** `Tue 17 Nov 14:32:07`. */
  const moment = (ms: number) => `${weekday.format(ms)} ${dayOf(ms)} ${withSeconds.format(ms)}`;
  /** `CST`, `UTC`, `GMT+2`. */
  const zone = (ms: number) =>
    zoneName.formatToParts(ms).find((part) => part.type === "timeZoneName")?.value ?? timeZone;
  return { time, timeOfDay, moment, zone };
}

function makeQuantities(locale: string, units: Units, messages: Messages) {
  const { number } = makeNumbers(locale, messages);
  const quantity = (value: number | null | undefined, digits: number, unit: string): Quantity => {
    const text = number(value, digits);
    return { value: text, unit: text === messages.missing ? "" : unit };
  };
  const scaled = (value: number | null | undefined, factor: number) =>
    value === null || value === undefined ? value : value * factor;
  const us = units === "us";

  return {
    speed: (kmh: number | null | undefined) =>
      us ? quantity(scaled(kmh, 1 / KM_PER_MILE), 0, "mph") : quantity(kmh, 0, "km/h"),
    temperature: (celsius: number | null | undefined) =>
      us
        ? quantity(celsius === null || celsius === undefined ? celsius : celsius * 1.8 + 32, 1, "°F")
        : quantity(celsius, 1, "°C"),
    distance: (metres: number | null | undefined) => {
      const unitM = us ? KM_PER_MILE * 1000 : 1000;
      const digits = metres !== null && metres !== undefined && Math.abs(metres) < 10 * unitM ? 1 : 0;
      return quantity(scaled(metres, 1 / unitM), digits, us ? "mi" : "km");
    },
    shortDistance: (metres: number | null | undefined) =>
      us ? quantity(scaled(metres, FEET_PER_METRE), 0, "ft") : quantity(metres, 0, "m"),
    volume: (litres: number | null | undefined) =>
      us ? quantity(scaled(litres, 1 / LITRES_PER_GALLON), 0, "gal") : quantity(litres, 0, "L"),
    pressure: (kilopascals: number | null | undefined) =>
      us ? quantity(scaled(kilopascals, 1 / KPA_PER_PSI), 0, "psi") : quantity(kilopascals, 0, "kPa"),
    percent: (value: number | null | undefined) => quantity(value, 0, "%"),
    plain: (value: number | null | undefined, digits: number, unit: string) => quantity(value, digits, unit),
  };
}

/** A quantity as one phrase, with a space that does not break: `61 mph`. */
export function phrase({ value, unit }: Quantity): string {
  return unit ? `${value}\u00a0${unit}` : value;
}
