import { Big } from "big.js";
import type { Day, Money, SalesOrder, SalesOrderLine } from "../sales-order.ts";

/** A part of an order line that is confirmed for a day and has not left yet. */
export type Reservation = {
  orderId: string;
  line: string;
  client: string;
  material: string;
  site: string;
  unit: string | null;
  quantity: Big;
  day: Day | null;
  /** What this part is worth, of the line's amount. */
  worth: Money | null;
};

/** What of each order line has been issued, by `<order>#<line number>`. */
export type IssuedByLine = ReadonlyMap<string, Big>;

/** Sources write a line's number with more or fewer leading zeros. */
export const lineKey = (documentId: string, line: string) => `${documentId}#${line.replace(/^0+/, "")}`;

/** `100` of `sap:100:0000012345`. */
export const clientOf = (id: string): string => id.split(":")[1] ?? "";

/** Confirmed and not issued, by schedule line: what was issued is taken from the earliest ones. */
export function openReservations(order: SalesOrder, issued: IssuedByLine): Reservation[] {
  if (order.isDeleted || order.isClosed) return [];
  return order.lines.flatMap((line) => reservationsOf(order, line, issued.get(lineKey(order.id, line.line))));
}

function reservationsOf(order: SalesOrder, line: SalesOrderLine, issued: Big = Big(0)): Reservation[] {
  const { material, site, unit } = line;
  if (line.isRejected || material === null || site === null) return [];
  let gone = issued;
  const parts: Reservation[] = [];
  for (const { day, quantity } of confirmedParts(order, line)) {
    const taken = gone.lt(quantity) ? gone : quantity;
    gone = gone.minus(taken);
    const open = quantity.minus(taken);
    if (open.lte(0)) continue;
    const worth = worthOf(line, open);
    parts.push({
      orderId: order.id,
      line: line.line,
      client: clientOf(order.id),
      material,
      site,
      unit,
      quantity: open,
      day,
      worth,
    });
  }
  return parts;
}

function confirmedParts(order: SalesOrder, line: SalesOrderLine): { day: Day | null; quantity: Big }[] {
  const parts = line.schedule
    .map(({ day, confirmed }) => ({ day, quantity: Big(confirmed) }))
    .filter(({ quantity }) => quantity.gt(0));
  if (parts.length === 0 && line.confirmed !== null)
    parts.push({ day: order.confirmedDay, quantity: Big(line.confirmed) });
  // A part without a day is due at once, so it comes first.
  return parts.sort((one, other) => (one.day ?? "").localeCompare(other.day ?? ""));
}

function worthOf({ amount, ordered }: SalesOrderLine, open: Big): Money | null {
  if (amount === null || ordered === null || Big(ordered).lte(0)) return null;
  const places = amount.amount.split(".")[1]?.length ?? 0;
  return { amount: Big(amount.amount).times(open).div(ordered).toFixed(places), currency: amount.currency };
}
