import { ORDER_RISKS, type OrderRisk, type OrderSummary } from "../contracts/order.ts";
import type { OrderDue, OrderFilter, OrderPage, OrderPlace, OrderSort } from "../services/order/port.ts";

/** After every time and every text that occurs. */
const LAST = "\uffff";

/** What a list is ordered by; the id comes last, so that every order has one place. */
const KEYS: Record<OrderSort, (order: OrderSummary) => (string | number)[]> = {
  risk: (order) => [ORDER_RISKS.indexOf(order.risk), -amountOf(order)],
  promised: ({ promisedAt }) => [promisedAt ?? LAST],
  value: (order) => [-amountOf(order)],
  customer: ({ customer }) => [customer.name?.toLowerCase() ?? LAST],
  // Longer numbers are greater ones; text without digits alone keeps its own order.
  number: ({ number }) => [/^\d+$/.test(number) ? number.padStart(20, "0") : number],
};

const HOUR_MS = 60 * 60_000;
const DUE_WITHIN_MS: Record<OrderDue, number> = { today: 24 * HOUR_MS, two_days: 48 * HOUR_MS, week: 7 * 24 * HOUR_MS };

type Options = { sort: OrderSort; after: OrderPlace | null; limit: number; nowMs: number };

/** One page of the orders that fit, in order, and how many of each risk there are. */
export function findOrders(orders: Iterable<OrderSummary>, filter: OrderFilter, options: Options): OrderPage {
  const { sort, after, limit } = options;
  const counts = noCounts();
  const found: Placed[] = [];
  const fits = fitsOf(filter, options.nowMs);
  const risks = filter.risk && filter.risk.length > 0 ? new Set(filter.risk) : null;
  for (const order of orders) {
    if (!fits(order)) continue;
    if (!isEnded(order)) counts[order.risk] += 1;
    if (risks && !risks.has(order.risk)) continue;
    const placed = { key: KEYS[sort](order), id: order.id, order };
    if (after === null || comparePlaces(placed, after) > 0) found.push(placed);
  }
  found.sort(comparePlaces);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ order }) => order),
    next: last && found.length > limit ? { key: last.key, id: last.id } : null,
    counts,
  };
}

export const isEnded = ({ status }: Pick<OrderSummary, "status">): boolean =>
  status === "delivered" || status === "cancelled";

type Placed = OrderPlace & { order: OrderSummary };

function comparePlaces(one: OrderPlace, other: OrderPlace): number {
  for (const [index, value] of one.key.entries()) {
    const difference = compare(value, other.key[index] ?? value);
    if (difference !== 0) return difference;
  }
  return compare(one.id, other.id);
}

/** By code units: the same order on every machine, whatever its locale. */
function compare(one: string | number, other: string | number): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

const amountOf = ({ value }: OrderSummary): number => (value === null ? 0 : Number(value.amount));

function fitsOf({ status, customer, site, from, to, due, q }: OrderFilter, nowMs: number) {
  const statuses = status && status.length > 0 ? new Set(status) : null;
  const words = q?.trim().toLowerCase() ?? "";
  const name = customer?.trim().toLowerCase() ?? "";
  const dueBefore = due === undefined ? null : new Date(nowMs + DUE_WITHIN_MS[due]).toISOString();
  return (order: OrderSummary): boolean => {
    if (statuses && !statuses.has(order.status)) return false;
    if (name !== "" && order.customer.id !== customer && !holds(order.customer.name, name)) return false;
    if (site !== undefined && order.originSite !== site && order.destinationSite !== site) return false;
    if ((from !== undefined && order.originSite !== from) || (to !== undefined && order.destinationSite !== to))
      return false;
    if (dueBefore !== null && (isEnded(order) || order.promisedAt === null || order.promisedAt > dueBefore))
      return false;
    if (words === "") return true;
    const said = [order.number, order.id, order.customerReference, order.customer.name, ...order.vehicleIds];
    return said.some((text) => holds(text, words));
  };
}

const holds = (text: string | null, part: string): boolean => text?.toLowerCase().includes(part) ?? false;

const noCounts = () => Object.fromEntries(ORDER_RISKS.map((risk) => [risk, 0])) as Record<OrderRisk, number>;
