import type { Delivery } from "../documents/delivery.ts";
import { amountText, type Currency, quantityText, THOUSAND } from "../documents/quantities.ts";
import { CLIENT, dayOf, unpadded } from "../documents/sap-tables.ts";
import { isBlocked } from "../orders/sales-desk.ts";
import { type SalesLine, type SalesOrder, worthOf } from "../orders/sales-order.ts";

export type TrueOrderLine = {
  line: string;
  material: string;
  unit: string;
  site: string;
  ordered: string;
  confirmed: string;
  /** Issued from the site, in the sales unit. */
  issued: string;
  crmQuantity: string;
};

/** What both systems have been told of an order, and what has happened to its goods. */
export type TrueOrder = {
  id: string;
  number: string;
  customerReference: string;
  customer: string;
  accountId: string;
  crmId: string;
  crmStatus: string;
  value: { amount: string; currency: Currency };
  promisedDay: string;
  requestedDay: string;
  /** `null` while the confirmed quantities do not cover what was ordered. */
  confirmedDay: string | null;
  originSite: string;
  destinationSite: string;
  isBlocked: boolean;
  isCancelled: boolean;
  /** Its goods have left, its goods have arrived with proof. */
  isIssued: boolean;
  isProven: boolean;
  lines: TrueOrderLine[];
  deliveries: string[];
};

export function orderTruth(order: SalesOrder, deliveries: readonly Delivery[]): TrueOrder {
  const { number, header, customer, crm, currency, lines } = order;
  const isIssued = ({ state }: Delivery) => state === "on_the_way" || state === "delivered";
  return {
    id: `sap:${CLIENT}:${number}`,
    number: unpadded(number),
    customerReference: header.row.BSTNK!,
    customer: unpadded(customer.number),
    accountId: `salesforce:${customer.account.id}`,
    crmId: `salesforce:${crm.id}`,
    crmStatus: String(crm.fields.Status),
    value: { amount: amountText(worthOf(lines) + order.surcharge, currency), currency },
    promisedDay: String(crm.fields.EndDate),
    requestedDay: dayOf(header.row.VDATU!)!,
    confirmedDay: confirmedDayOf(order),
    originSite: order.origin.siteId,
    destinationSite: order.destination.siteId,
    isBlocked: isBlocked(order),
    isCancelled: order.state === "cancelled",
    isIssued: deliveries.some(isIssued),
    isProven: deliveries.length > 0 && deliveries.every(({ state }) => state === "delivered"),
    lines: lines.filter(({ isRejected }) => !isRejected).map((line) => lineTruth(line, deliveries.filter(isIssued))),
    deliveries: deliveries.map((delivery) => unpadded(delivery.number)),
  };
}

function lineTruth(line: SalesLine, issued: readonly Delivery[]): TrueOrderLine {
  const units = issued
    .flatMap(({ lines }) => lines)
    .filter(({ order }) => order.line === line.line)
    .reduce((sum, other) => sum + other.units, 0);
  return {
    line: line.line,
    material: line.position.material.number,
    unit: line.position.material.salesUnit,
    site: line.position.site.siteId,
    ordered: quantityText(line.units * THOUSAND),
    confirmed: quantityText(line.confirmedUnits * THOUSAND),
    issued: quantityText(units * THOUSAND),
    crmQuantity: JSON.parse(JSON.stringify(line.crmItem.fields.Quantity)),
  };
}

/** The last day on which something is confirmed, if all of it is. */
function confirmedDayOf({ lines, state }: SalesOrder): string | null {
  if (state === "cancelled") return null;
  const counting = lines.filter(({ isRejected }) => !isRejected);
  if (counting.some(({ units, confirmedUnits }) => confirmedUnits < units)) return null;
  const days = counting.flatMap(({ schedules }) =>
    schedules.filter(({ row }) => Number(row.BMENG) > 0).map(({ row }) => dayOf(row.EDATU!)!),
  );
  return days.sort().at(-1) ?? null;
}
