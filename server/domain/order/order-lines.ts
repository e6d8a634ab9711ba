import Big from "big.js";
import type { SalesOrder, SalesOrderLine } from "../sales-order.ts";
import type { Shipping } from "./order-parts.ts";
import type { OrderViewLine } from "./order-view.ts";

/** The lines that count, with what has left so far. Without an order the deliveries say what it was about. */
export function viewLines(order: SalesOrder | null, shippings: readonly Shipping[]): OrderViewLine[] {
  if (!order || order.isStub) return linesOfDeliveries(order?.id ?? null, shippings);
  return order.lines
    .filter((line) => !line.isRejected)
    .map((line) => ({
      line: line.line,
      material: line.material,
      materialDisplay: line.material && displayOf(line.material),
      text: line.text,
      site: line.site,
      ordered: line.ordered,
      confirmed: line.confirmed,
      delivered: sumOfLine(order.id, line, shippings.filter(hasLeft)),
      unit: line.unit,
    }));
}

const hasLeft = ({ delivery }: Shipping): boolean => delivery.issuedAt !== null;
const isProven = ({ delivery }: Shipping): boolean => delivery.provenAt !== null;

/** Without leading zeros, if it is all digits. */
export const displayOf = (material: string): string =>
  /^\d+$/.test(material) ? material.replace(/^0+(?=\d)/, "") : material;

/** What these deliveries hold of a line, in the line's unit. */
function sumOfLine(orderId: string, line: SalesOrderLine, shippings: readonly Shipping[]): string {
  const quantities = shippings
    .flatMap(({ delivery }) => delivery.lines)
    .filter((part) => part.orderId === orderId && part.orderLine === line.line && part.quantity !== null)
    .filter((part) => part.unit === null || line.unit === null || part.unit === line.unit)
    .map((part) => part.quantity!);
  return addUp(quantities);
}

/** With as many places as the finest of them; nothing at all is `0`. */
function addUp(quantities: readonly string[]): string {
  const places = Math.max(0, ...quantities.map((quantity) => quantity.split(".")[1]?.length ?? 0));
  return quantities.reduce((sum, quantity) => sum.plus(quantity), new Big(0)).toFixed(places);
}

function linesOfDeliveries(orderId: string | null, shippings: readonly Shipping[]): OrderViewLine[] {
  return shippings.flatMap(({ delivery }) =>
    delivery.lines
      .filter((part) => orderId !== null && part.orderId === orderId)
      .map((part) => ({
        line: part.orderLine ?? part.line,
        material: part.material,
        materialDisplay: part.material && displayOf(part.material),
        text: part.text,
        site: part.site,
        ordered: null,
        confirmed: null,
        delivered: delivery.issuedAt === null ? "0" : (part.quantity ?? "0"),
        unit: part.unit,
      })),
  );
}

/** Whether the customer has all that was ordered: proven deliveries cover every line, or those of a stub are all proven. */
export function isAllProven(order: SalesOrder | null, shippings: readonly Shipping[]): boolean {
  if (shippings.length === 0 || !shippings.some(isProven)) return false;
  const lines = order?.lines.filter((line) => !line.isRejected) ?? [];
  // Complete at its source, nothing more will come of it, also where less came than was ordered.
  if (!order || order.isClosed || lines.length === 0 || lines.some((line) => line.ordered === null))
    return shippings.every(isProven);
  const proven = shippings.filter(isProven);
  return lines.every(
    (line) => isInOtherUnit(order.id, line, proven) || covers(sumOfLine(order.id, line, proven), line),
  );
}

const covers = (quantity: string, { ordered }: SalesOrderLine): boolean => new Big(quantity).gte(ordered ?? "0");

/** Quantities in another unit cannot be compared: that something of the line arrived has to do. */
const isInOtherUnit = (orderId: string, { line, unit }: SalesOrderLine, proven: readonly Shipping[]): boolean =>
  proven
    .flatMap(({ delivery }) => delivery.lines)
    .some(
      (part) => part.orderId === orderId && part.orderLine === line && unit !== null && (part.unit ?? unit) !== unit,
    );

/** What was ordered and is not confirmed, over all lines that are. `null` when nothing is missing. */
export function missingOf(lines: readonly OrderViewLine[]): { quantity: string; material: string | null } | null {
  const short = lines.flatMap(({ ordered, confirmed, materialDisplay }) => {
    if (ordered === null || confirmed === null || new Big(confirmed).gte(ordered)) return [];
    return [{ quantity: new Big(ordered).minus(confirmed).toFixed(), material: materialDisplay }];
  });
  if (short.length === 0) return null;
  return { quantity: addUp(short.map(({ quantity }) => quantity)), material: short[0]!.material };
}

export const isUnconfirmed = (lines: readonly OrderViewLine[]): boolean =>
  lines.length > 0 && lines.every(({ confirmed }) => confirmed === null || new Big(confirmed).lte(0));
