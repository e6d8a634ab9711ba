import { amountText, storedAmountText } from "../documents/quantities.ts";
import { Decimal } from "../documents/salesforce-log.ts";
import { dayOf } from "../documents/sap-tables.ts";
import type { Random } from "../random.ts";
import { type SalesOrder, worthOf } from "./sales-order.ts";

const DAY_MS = 86_400_000;
/** Of so many orders one each has another day, another amount, and another quantity. */
const EVERY = 60;
const PLACES = { promisedDate: 11, amount: 31, quantity: 51 };

/** Before SAP has the rows: at times it says a later day than was promised, or charges more than was agreed. */
export function plantDisagreement(order: SalesOrder, ordinal: number, random: Random): void {
  if (ordinal % EVERY === PLACES.promisedDate) moveDays(order, random.whole(1, 4));
  if (ordinal % EVERY === PLACES.amount) charge(order, random.whole(2, 40));
}

/** Before either system has told the order: it was changed in Salesforce, and SAP never heard of it. */
export function plantQuantity(order: SalesOrder, ordinal: number, random: Random): void {
  if (ordinal % EVERY !== PLACES.quantity) return;
  const [line] = order.lines;
  const units = line!.units + random.whole(1, 30);
  line!.crmItem.fields = { ...line!.crmItem.fields, Quantity: new Decimal(`${units}.0`) };
  const value = worthOf(order.lines) + (units - line!.units) * line!.price;
  order.crm.fields = { ...order.crm.fields, TotalAmount: new Decimal(amountText(value, order.currency)) };
}

function moveDays(order: SalesOrder, days: number): void {
  order.header.row = { ...order.header.row, VDATU: later(order.header.row.VDATU!, days) };
  for (const schedule of order.lines.flatMap(({ schedules }) => schedules)) {
    schedule.row = { ...schedule.row, EDATU: later(schedule.row.EDATU!, days) };
  }
}

function charge(order: SalesOrder, percent: number): void {
  const value = worthOf(order.lines);
  order.surcharge = Math.max(1, Math.round((value * percent) / 100));
  order.header.row = { ...order.header.row, NETWR: storedAmountText(value + order.surcharge) };
}

function later(date: string, days: number): string {
  const timeMs = Date.parse(`${dayOf(date)}T00:00:00Z`) + days * DAY_MS;
  return new Date(timeMs).toISOString().slice(0, 10).replaceAll("-", "");
}
