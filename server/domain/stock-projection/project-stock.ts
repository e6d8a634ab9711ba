import type { Day } from "../sales-order.ts";
import { addDays, daysAfter } from "./days.ts";
import type { UsualConsumption } from "./usual-consumption.ts";

export const PROJECTION_DAYS = 30;
/** Half the width of a 90 % range, in standard deviations. */
const RANGE_DEVIATIONS = 1.645;
/** What is less than this is nothing: sums of fractions do not end at exactly zero. */
export const NOTHING = 0.0005;

/** A quantity of one day; a day that is not known is `null`. */
export type Dated = { day: Day | null; quantity: number };

export type StockToProject = {
  today: Day;
  onHand: number;
  /** Confirmed to customers and not issued yet. Overdue ones and those without a day are due today. */
  reservations: readonly Dated[];
  /** Expected to come. Overdue ones come tomorrow at the earliest; one without a day is not counted on. */
  receipts: readonly Dated[];
  usual: UsualConsumption;
};

/** Stock at the end of a day with its 90 % range, and what comes and goes that day. */
export type ProjectedDay = { day: Day; expected: number; low: number; high: number; receipts: number; issues: number };

/**
 * The next 30 days, today first. Usual consumption fills up what reservations do not cover yet; when nothing is left,
 * reservations are owed and served from the next receipt, usual demand is lost. However little is used, there is never
 * more than what was there and what came.
 */
export function projectStock(stock: StockToProject): ProjectedDay[] {
  const receipts = receiptsByDay(stock);
  const issues = issuesByDay(stock);
  const days: ProjectedDay[] = [];
  let [left, owed, variance] = [stock.onHand, 0, 0];
  let most = Math.max(0, stock.onHand);
  for (const [index, { due, overdue, usual }] of issues.entries()) {
    const came = receipts[index]!;
    most += came;
    const reserved = due + overdue + owed;
    const after = left + came - reserved - usual;
    owed = Math.min(Math.max(0, -after), reserved);
    left = Math.max(0, after);
    variance += stock.usual.perDay > 0 ? stock.usual.spread ** 2 * Math.min(1, usual / stock.usual.perDay) : 0;
    const range = RANGE_DEVIATIONS * Math.sqrt(variance);
    days.push({
      day: addDays(stock.today, index),
      expected: rounded(left),
      low: rounded(Math.max(0, left - range)),
      high: rounded(Math.min(left + range, Math.max(left, most))),
      receipts: rounded(came),
      issues: rounded(due + overdue + usual),
    });
  }
  return days;
}

function receiptsByDay({ today, receipts }: StockToProject): number[] {
  const byDay = new Array<number>(PROJECTION_DAYS).fill(0);
  for (const { day, quantity } of receipts) {
    if (day === null) continue;
    const index = daysAfter(today, day);
    const counted = index < 0 ? 1 : index;
    if (counted < PROJECTION_DAYS) byDay[counted]! += quantity;
  }
  return byDay;
}

type DayIssues = { due: number; overdue: number; usual: number };

/**
 * Reservations by day, and the usual consumption that they do not cover. Overdue ones cover nothing of it: they should
 * have gone before.
 */
function issuesByDay({ today, reservations, usual }: StockToProject): DayIssues[] {
  const byDay = Array.from({ length: PROJECTION_DAYS }, () => ({ due: 0, overdue: 0, usual: 0 }));
  for (const { day, quantity } of reservations) {
    const index = day === null ? -1 : daysAfter(today, day);
    if (index < 0) byDay[0]!.overdue += quantity;
    else if (index < PROJECTION_DAYS) byDay[index]!.due += quantity;
  }
  let covered = usual.today;
  for (const [index, day] of byDay.entries()) {
    covered += day.due;
    day.usual = Math.max(0, usual.perDay * (index + 1) - covered);
    covered += day.usual;
  }
  return byDay;
}

const rounded = (value: number) => Math.round(value * 1_000) / 1_000;
