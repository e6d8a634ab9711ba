import type { OrderSummary } from "./contracts/order.ts";
import type { Trip } from "./contracts/trip.ts";
import { composeOrder } from "./domain/order/compose-order.ts";
import { judgeRisk } from "./domain/order/judge-risk.ts";
import { createOrdersFeed, type OrdersFeed, type OrdersRoom } from "./live/orders-feed.ts";
import { OrdersPicture } from "./live/orders-picture.ts";
import { presentOrder } from "./live/present-order.ts";
import { LiveRoom } from "./live/room.ts";
import type { Clock } from "./platform/clock.ts";
import type { Logger } from "./platform/logger.ts";
import type { OrderPorts } from "./services/order/port.ts";
import { createReadParts } from "./services/order/read-parts.ts";
import { createBusinessObjectReader } from "./store/business-object-reader.ts";
import type { Database } from "./store/client.ts";
import { recentlyClosed } from "./store/recently-closed.ts";
import { createSiteReader } from "./store/site-list.ts";

export type OrdersWiring = { ports: OrderPorts; picture: OrdersPicture; feed: OrdersFeed; room: OrdersRoom };

type Deps = {
  database: Database;
  /** The trips that carry any of these deliveries, as they are now. */
  tripsOf(deliveryIds: readonly string[]): readonly Trip[];
  areTripsKnown?(): boolean;
  now: Clock;
  logger: Logger;
};

/** The orders of the web side: the picture in memory, the feed that keeps it true, and single orders from the database. */
export function wireOrders({ database, tripsOf, areTripsKnown = () => true, now, logger }: Deps): OrdersWiring {
  const timeZones = new Map<string, string | null>();
  const objects = createBusinessObjectReader(database);
  const readParts = createReadParts({ objects, tripsOf, timeZoneOf: (site) => timeZones.get(site) ?? null });
  const room: OrdersRoom = new LiveRoom<{ changed: OrderSummary; trips: Trip }>({
    epoch: now(),
    lists: ["changed", "trips"],
  });
  const listener = {
    changed: (order: OrderSummary) => room.tell("changed", order),
    gone: (id: string) => room.leave(id),
  };
  const picture = new OrdersPicture({ tripsOf, now, listener });
  const closedOrders = (sinceMs: number, limit: number) => recentlyClosed(database, "sales_order", sinceMs, limit);
  const sources = { objects, readParts, sites: createSiteReader(database), timeZones, closedOrders, now };
  const feed = createOrdersFeed({ isReady: areTripsKnown, picture, sources, room, logger });

  async function read(id: string): ReturnType<OrderPorts["read"]> {
    const found = (await readParts([id])).get(id);
    if (!found) return null;
    if ("movedTo" in found) return { movedTo: found.movedTo };
    const view = composeOrder(found.parts);
    return { order: presentOrder(view, { ...judgeRisk(view, now()), version: picture.versionOf(id) }) };
  }

  return { ports: { index: picture, read }, picture, feed, room };
}
