import Big from "big.js";
import { factRecord } from "../domain/business-object.ts";
import type { Day, Money, SalesOrderLine, ScheduleLine } from "../domain/sales-order.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { currencyPlaces, decimal, material, sapDay, sapMoney, siteOf, text } from "./fields.ts";
import { newestRecord } from "./newest-record.ts";

type LineRows = { item: SourceRow | null; schedule: SourceRow[] };

/** Lines by their number, also where only their schedule is known. `currency` is the order's, for rows without one. */
export function orderLines(
  items: readonly SourceRow[],
  schedule: readonly SourceRow[],
  { currency, isArchived }: { currency: string | null; isArchived: boolean },
): SalesOrderLine[] {
  const byLine = new Map<string, LineRows>();
  const rowsOfLine = (row: SourceRow): LineRows => {
    const line = text(row, "POSNR") ?? "";
    const known = byLine.get(line) ?? { item: null, schedule: [] };
    byLine.set(line, known);
    return known;
  };
  for (const item of items) rowsOfLine(item).item = item;
  for (const row of schedule) if (!row.deleted || isArchived) rowsOfLine(row).schedule.push(row);
  return [...byLine]
    .filter(([line, rows]) => line !== "" && (rows.item !== null || rows.schedule.length > 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([line, rows]) => toLine(line, rows, { currency, isArchived }));
}

function toLine(
  line: string,
  { item, schedule: rows }: LineRows,
  { currency, isArchived }: { currency: string | null; isArchived: boolean },
): SalesOrderLine {
  const schedule = rows.map(toScheduleLine);
  const knowsSchedule = rows.some((row) => decimal(row, "BMENG") !== null);
  const read = <Value>(from: (row: SourceRow) => Value | null): Value | null => (item ? from(item) : null);
  return {
    line,
    material: read((row) => material(row)),
    text: read((row) => text(row, "ARKTX")),
    site: read((row) => siteOf(row, "WERKS")),
    unit: read((row) => text(row, "VRKME") ?? text(row, "MEINS")) ?? unitOf(rows),
    ...orderedOf(item, rows),
    // The schedule is what was promised; the item's own figure stands where no schedule line tells.
    confirmed: knowsSchedule ? sumOf(rows, "BMENG") : read((row) => decimal(row, "KBMENG")),
    amount: read((row) => moneyOf(row, currency)),
    isRejected: item !== null && (text(item, "ABGRU") !== null || (item.deleted && !isArchived)),
    schedule,
    record: factRecord((item ?? rows[0]!).record),
  };
}

/** The item's own figure, or else the sum of what the schedule lines want. */
function orderedOf(item: SourceRow | null, schedule: readonly SourceRow[]) {
  const ordered = item && decimal(item, "KWMENG");
  if (ordered !== null) return { ordered };
  const wanting = schedule.filter((row) => decimal(row, "WMENG") !== null);
  return { ordered: sumOf(wanting, "WMENG"), orderedRecord: newestRecord(wanting) };
}

const toScheduleLine = (row: SourceRow): ScheduleLine => ({
  line: text(row, "ETENR") ?? "",
  day: sapDay(row, "EDATU"),
  ordered: decimal(row, "WMENG") ?? "0",
  confirmed: decimal(row, "BMENG") ?? "0",
});

const unitOf = (rows: readonly SourceRow[]): string | null =>
  rows.map((row) => text(row, "VRKME") ?? text(row, "MEINS")).find((unit) => unit !== null) ?? null;

function sumOf(rows: readonly SourceRow[], field: string): string | null {
  const quantities = rows.flatMap((row) => decimal(row, field) ?? []);
  if (quantities.length === 0) return null;
  const places = Math.max(...quantities.map((quantity) => quantity.split(".")[1]?.length ?? 0));
  return quantities.reduce((sum, quantity) => sum.plus(quantity), new Big(0)).toFixed(places);
}

/** A partial row may hold the amount without its currency, which is the order's then. */
function moneyOf(row: SourceRow, currency: string | null): Money | null {
  if (text(row, "WAERK") !== null || currency === null) return sapMoney(row, "NETWR", "WAERK");
  return sapMoney({ ...row, fields: { ...row.fields, WAERK: currency } }, "NETWR", "WAERK");
}

/** What the lines that count are worth together, where all of them are in one currency. */
export function totalOf(lines: readonly SalesOrderLine[]): Money | null {
  const amounts = lines.filter((line) => !line.isRejected).map((line) => line.amount);
  const currency = amounts[0]?.currency;
  if (currency === undefined || amounts.some((amount) => amount?.currency !== currency)) return null;
  const total = amounts.reduce((sum, amount) => sum.plus(amount!.amount), new Big(0));
  return { amount: total.toFixed(currencyPlaces(currency)), currency };
}

/** The last day on which confirmed quantities cover all that was ordered; `null` while they do not. */
export function coveredDay(lines: readonly SalesOrderLine[]): Day | null {
  const counting = lines.filter((line) => !line.isRejected);
  const days = counting.map(coveredDayOfLine);
  if (days.length === 0 || days.includes(null)) return null;
  return (days as Day[]).reduce((latest, day) => (day > latest ? day : latest));
}

function coveredDayOfLine({ ordered, schedule }: SalesOrderLine): Day | null {
  if (ordered === null) return null;
  const byDay = schedule.filter((line) => line.day !== null).sort((a, b) => (a.day! < b.day! ? -1 : 1));
  let confirmed = new Big(0);
  for (const line of byDay) {
    confirmed = confirmed.plus(line.confirmed);
    if (confirmed.gt(0) && confirmed.gte(ordered)) return line.day;
  }
  return null;
}
