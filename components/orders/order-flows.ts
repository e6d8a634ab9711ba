import type { Level } from "@/components/ui/level.ts";
import { LEVELS } from "@/components/ui/level.ts";
import type { OrderSummary } from "@/server/contracts/order.ts";
import type { Site } from "@/server/contracts/site.ts";
import { orderLevel } from "./order-level.ts";

export type Place = { latitude: number; longitude: number };

/** Orders of one level on their way between the same two places, drawn as one line. */
export type Flow = {
  /** The first of its orders, by whose id the map knows the line. */
  id: string;
  level: Level;
  from: Place & { site: string };
  to: Place & { site: string };
  orders: readonly OrderSummary[];
};

/** The flows of the orders shown, the worst first. An order whose ends have no place yet is in the list alone. */
export function flowsOf(orders: readonly OrderSummary[], sites: ReadonlyMap<string, Site>): Flow[] {
  const flows = new Map<string, Flow & { orders: OrderSummary[] }>();
  for (const order of orders) {
    const from = placeOf(order.originSite, sites);
    const to = placeOf(order.destinationSite, sites);
    if (!from || !to || from.site === to.site) continue;
    const level = orderLevel(order.risk);
    const key = [level, from.site, to.site].join("\n");
    const known = flows.get(key);
    if (known) known.orders.push(order);
    else flows.set(key, { id: order.id, level, from, to, orders: [order] });
  }
  return [...flows.values()].sort((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
}

/** Every order between the two places of the flow that this order is drawn in, whatever its level. */
export function laneOf(id: string, flows: readonly Flow[]): OrderSummary[] {
  const flow = flows.find(({ orders }) => orders.some((order) => order.id === id));
  if (!flow) return [];
  return flows
    .filter(({ from, to }) => from.site === flow.from.site && to.site === flow.to.site)
    .flatMap(({ orders }) => orders);
}

/** What a press on a flow asks for: its only order, or the list of its orders; from there the one it was drawn for. */
export function pressedFlow(
  id: string,
  flows: readonly Flow[],
  { from, to }: { from: string | null; to: string | null },
): { order: string } | { from: string | null; to: string | null } {
  const orders = laneOf(id, flows);
  const [first] = orders;
  const isListed = first?.originSite === from && first.destinationSite === to;
  if (!first || orders.length === 1 || isListed) return { order: id };
  return { from: first.originSite, to: first.destinationSite };
}

function placeOf(id: string | null, sites: ReadonlyMap<string, Site>): (Place & { site: string }) | null {
  const site = id === null ? undefined : sites.get(id);
  if (!site || site.latitude === null || site.longitude === null) return null;
  return { site: site.id, latitude: site.latitude, longitude: site.longitude };
}

const POINTS = 20;

/** A slight bow from one place to the other, always to the same side, so that there and back are two lines. */
export function bow(from: Place, to: Place, bend = 0.12): [longitude: number, latitude: number][] {
  const across = to.longitude - from.longitude;
  const up = to.latitude - from.latitude;
  const middle = [
    (from.longitude + to.longitude) / 2 - up * bend,
    (from.latitude + to.latitude) / 2 + across * bend,
  ] as const;
  return Array.from({ length: POINTS + 1 }, (_, step) => {
    const part = step / POINTS;
    const rest = 1 - part;
    return [
      rest * rest * from.longitude + 2 * rest * part * middle[0] + part * part * to.longitude,
      rest * rest * from.latitude + 2 * rest * part * middle[1] + part * part * to.latitude,
    ];
  });
}
