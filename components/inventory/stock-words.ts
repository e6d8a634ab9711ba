import type { Messages } from "@/components/messages/en.ts";
import type { Formats } from "@/components/ui/formats.ts";
import type { StockPosition } from "@/server/contracts/stock.ts";

const DAY_MS = 24 * 60 * 60_000;
const FRACTION_DIGITS_MAX = 3;

/** A day of a place, which has no zone: `Thu 19 Nov`, or `Thu` where it is near and there is little room. */
export function makeDays(locale: string) {
  const zone = { timeZone: "UTC" } as const;
  const weekday = new Intl.DateTimeFormat(locale, { ...zone, weekday: "short" });
  const number = new Intl.DateTimeFormat(locale, { ...zone, day: "numeric" });
  const month = new Intl.DateTimeFormat(locale, { ...zone, month: "short" });
  const msOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
  const full = (day: string) => {
    const ms = msOf(day);
    return `${weekday.format(ms)} ${number.format(ms)} ${month.format(ms)}`;
  };
  const short = (day: string, nowMs: number) => {
    const ms = msOf(day);
    const isNear = ms > nowMs - 2 * DAY_MS && ms - nowMs < 6 * DAY_MS;
    return isNear ? weekday.format(ms) : `${number.format(ms)} ${month.format(ms)}`;
  };
  /** For axes: `Thu 19`. */
  const tick = (ms: number) => `${weekday.format(ms)} ${number.format(ms)}`;
  return { full, short, tick };
}

export type Days = ReturnType<typeof makeDays>;

/** A quantity with as many decimals as it has, three at most. */
export function quantityText(value: string | number | null, formats: Formats): string {
  if (value === null) return formats.number(null);
  const number = Number(value);
  const fraction = String(Math.abs(number)).split(".")[1] ?? "";
  return formats.number(number, Math.min(FRACTION_DIGITS_MAX, fraction.length));
}

/** A change of stock: `+1,188`, `−432`. */
export function changeText(value: string, formats: Formats): string {
  const text = quantityText(value, formats);
  return Number(value) > 0 ? `+${text}` : text;
}

/** The word beside the mark of a row; it says the day where one is near. */
export function healthWords(position: StockPosition, { inventory }: Messages, days: Days, nowMs: number): string {
  const { health, onHand, belowSafetyDay, outDay } = position;
  if (health === "out") return Number(onHand) > 0 ? inventory.outToday : inventory.healths.out;
  if (health !== "low_soon") return inventory.healths[health];
  if (belowSafetyDay !== null) return inventory.belowDay(days.short(belowSafetyDay, nowMs));
  return outDay === null ? inventory.healths.low_soon : inventory.outDay(days.short(outDay, nowMs));
}

/** The one line that is asked for. */
export function answerWords(position: StockPosition, { inventory }: Messages, days: Days, formats: Formats): string {
  const { answers } = inventory.detail;
  const { health, onHand, safetyStock, belowSafetyDay, outDay, coverDays } = position;
  if (health === "unknown") return answers.unknown;
  if (health === "out") return Number(onHand) > 0 ? answers.outToday : answers.out;
  if (health === "below_safety")
    return Number(onHand) < Number(safetyStock ?? 0) ? answers.belowNow : answers.belowToday;
  if (belowSafetyDay !== null) return answers.belowDay(days.full(belowSafetyDay));
  if (outDay !== null) return answers.outDay(days.full(outDay));
  if (health === "overstock") return answers.overstock;
  if (coverDays === null) return answers.enough;
  return answers.cover(inventory.detail.days(formats.number(coverDays)));
}

/** What a document's number is for people: without system, client and leading zeros. */
export const documentNumber = (id: string): string => id.slice(id.lastIndexOf(":") + 1).replace(/^0+(?=.)/, "");
