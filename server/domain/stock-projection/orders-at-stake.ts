import { Big } from "big.js";
import { daysAfter } from "./days.ts";
import type { Reservation } from "./open-reservations.ts";
import type { ProjectedDay } from "./project-stock.ts";

export type OrdersAtStake = { count: number; amount: string | null; currency: string | null };

/**
 * Orders that cannot be served when they are due: the stock that is there and comes by then is given to the earliest
 * first. Their worth is told only when all of it is known in one currency.
 */
export function ordersAtStake(
  onHand: number,
  projection: readonly ProjectedDay[],
  reservations: readonly Reservation[],
): OrdersAtStake {
  const today = projection[0]?.day;
  if (today === undefined) return { count: 0, amount: null, currency: null };
  const inOrder = [...reservations].sort((one, other) => (one.day ?? "").localeCompare(other.day ?? ""));
  const short: Reservation[] = [];
  let promised = Big(0);
  for (const reservation of inOrder) {
    const index = reservation.day === null ? 0 : Math.max(0, daysAfter(today, reservation.day));
    const came = projection.slice(0, index + 1).reduce((sum, { receipts }) => sum + receipts, 0);
    if (promised.plus(reservation.quantity).lte(onHand + came)) promised = promised.plus(reservation.quantity);
    else short.push(reservation);
  }
  const count = new Set(short.map(({ orderId }) => orderId)).size;
  const currencies = new Set(short.map(({ worth }) => worth?.currency ?? null));
  const [currency] = currencies;
  if (currencies.size !== 1 || !currency) return { count, amount: null, currency: null };
  const amount = short.reduce((sum, { worth }) => sum.plus(worth?.amount ?? 0), Big(0));
  return { count, amount: amount.toFixed(2), currency };
}
