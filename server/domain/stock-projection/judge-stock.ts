import type { Day } from "../sales-order.ts";
import { daysAfter } from "./days.ts";
import { NOTHING, type ProjectedDay } from "./project-stock.ts";

export type StockHealth = "out" | "below_safety" | "low_soon" | "unknown" | "healthy" | "overstock";

const LOW_SOON_DAYS = 7;
const OVERSTOCK_COVER_DAYS = 120;

export type StockToJudge = {
  today: Day;
  /** `null`: nobody has counted it. */
  onHand: number | null;
  safetyStock: number | null;
  maximumStock: number | null;
  projection: readonly ProjectedDay[];
  usualPerDay: number;
};

export type StockJudgement = {
  health: StockHealth;
  coverDays: number | null;
  belowSafetyDay: Day | null;
  outDay: Day | null;
};

/** How a position stands, from what is there and what is projected. */
export function judgeStock(stock: StockToJudge): StockJudgement {
  const { today, onHand, safetyStock, projection } = stock;
  if (onHand === null) return { health: "unknown", coverDays: null, belowSafetyDay: null, outDay: null };
  const outDay = onHand < NOTHING ? today : firstDay(projection, ({ expected }) => expected < NOTHING);
  const belowSafetyDay = firstBelow(stock, onHand, safetyStock);
  const coverDays = coverOf(stock, onHand);
  return { health: healthOf(stock, { outDay, belowSafetyDay, coverDays }), coverDays, belowSafetyDay, outDay };
}

function firstBelow({ today, projection }: StockToJudge, onHand: number, safetyStock: number | null): Day | null {
  if (safetyStock === null || safetyStock <= 0) return null;
  return onHand < safetyStock ? today : firstDay(projection, ({ expected }) => expected < safetyStock);
}

const firstDay = (projection: readonly ProjectedDay[], is: (day: ProjectedDay) => boolean): Day | null =>
  projection.find(is)?.day ?? null;

/** Days until nothing is left, with the part of the last one; beyond the projection at the usual rate. */
function coverOf({ projection, usualPerDay }: StockToJudge, onHand: number): number | null {
  let left = onHand;
  if (left < NOTHING) return 0;
  for (const [index, { expected, receipts, issues }] of projection.entries()) {
    if (expected < NOTHING) return tenths(index + (issues > 0 ? Math.min(1, (left + receipts) / issues) : 0));
    left = expected;
  }
  return usualPerDay > 0 ? tenths(projection.length + left / usualPerDay) : null;
}

const tenths = (value: number) => Math.round(value * 10) / 10;

function healthOf(
  { today, onHand, maximumStock }: StockToJudge,
  { outDay, belowSafetyDay, coverDays }: Omit<StockJudgement, "health">,
): StockHealth {
  const isSoon = (day: Day | null) => day !== null && daysAfter(today, day) <= LOW_SOON_DAYS;
  if (outDay === today) return "out";
  if (belowSafetyDay === today) return "below_safety";
  if (isSoon(belowSafetyDay) || isSoon(outDay)) return "low_soon";
  const isTooMuch = maximumStock !== null && maximumStock > 0 && (onHand ?? 0) > maximumStock;
  return isTooMuch || (coverDays ?? 0) > OVERSTOCK_COVER_DAYS ? "overstock" : "healthy";
}
