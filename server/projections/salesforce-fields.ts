import Big from "big.js";
import type { Day, Money, RowFact } from "../domain/sales-order.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { currencyPlaces, decimal, rowFact, text } from "./fields.ts";

/** The currency of an organisation that has only one: its records do not say it. */
const CURRENCY_UNLESS_SAID = "USD";

/** `salesforce:<Id>` of the record that a field refers to. */
export function salesforceRef(row: SourceRow, field: string): string | null {
  const id = text(row, field);
  return id === null ? null : salesforceId(id);
}

export const salesforceId = (id: string): string => `salesforce:${id}`;

/** A date, or the day of a date and time, as `YYYY-MM-DD`. */
export function salesforceDay(row: SourceRow, field: string): Day | null {
  const day = /^\d{4}-\d\d-\d\d(?=$|T)/.exec(text(row, field) ?? "")?.[0];
  if (day === undefined) return null;
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? null : day;
}

export function salesforceMoney(row: SourceRow, field: string): Money | null {
  const amount = decimal(row, field);
  if (amount === null) return null;
  const currency = text(row, "CurrencyIsoCode") ?? CURRENCY_UNLESS_SAID;
  return { amount: new Big(amount).toFixed(currencyPlaces(currency)), currency };
}

/** What a field with a time says happened then; a field with a day alone happened when it was set. */
export function factOfTime(row: SourceRow, field: string): RowFact {
  const fact = rowFact(row, field, salesforceDay(row, field));
  const held = text(row, field) ?? "";
  const atMs = held.includes("T") ? Date.parse(held) : Number.NaN;
  return Number.isNaN(atMs) ? fact : { ...fact, atMs };
}
