import type { CrmAccount, CrmCase, CrmOrder } from "../crm.ts";
import type { Customer } from "../customer.ts";
import type { Delivery } from "../delivery.ts";
import type { SalesOrder } from "../sales-order.ts";

/** Where a fact was read, as answers show it. */
export type RecordPlace = { topic: string; partition: number; offset: string; timestamp: string };

/** What an order's view needs of a stop. Times are ISO 8601 in UTC. */
export type OrderStop = {
  site: string;
  kind: "load" | "unload" | "transfer";
  plannedArrival: string | null;
  plannedDeparture: string | null;
  arrivedAt: string | null;
  departedAt: string | null;
  reportedArrival: string | null;
  reportedDeparture: string | null;
  eta: { p50: string; p90: string } | null;
  deliveryIds: readonly string[];
  /** Where the truck's own signal was read, and what the documents say. */
  arrivalRecord: RecordPlace | null;
  departureRecord: RecordPlace | null;
  records: Record<"plannedArrival" | "plannedDeparture" | "reportedArrival" | "reportedDeparture", RecordPlace | null>;
};

/** What an order's view needs of a trip. */
export type OrderTrip = {
  id: string;
  number: string;
  vehicleId: string | null;
  state: "planned" | "under_way" | "completed" | "cancelled";
  stops: readonly OrderStop[];
  record: RecordPlace | null;
  vehicleRecord: RecordPlace | null;
};

/** Everything that belongs to one order, in whatever system. At least one of `order` and `crmOrders` is there. */
export type OrderParts = {
  order: SalesOrder | null;
  crmOrders: readonly CrmOrder[];
  /** Those that name the order. */
  deliveries: readonly Delivery[];
  /** Those that carry one of the deliveries. */
  trips: readonly OrderTrip[];
  customer: Customer | null;
  accounts: readonly CrmAccount[];
  cases: readonly CrmCase[];
  /** The time zone of a site, where it is known. */
  timeZoneOf(site: string): string | null;
};

export type Shipping = { delivery: Delivery; trip: OrderTrip | null };

/** The deliveries that bring goods of the order, each with its trip: none that came back or was deleted. */
export function shippingsOf({ deliveries, trips }: Pick<OrderParts, "deliveries" | "trips">): Shipping[] {
  return deliveries
    .filter((delivery) => !delivery.isDeleted && delivery.direction !== "return" && delivery.direction !== "inbound")
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((delivery) => ({ delivery, trip: tripOf(delivery, trips) }));
}

/** Of several the newest that was not called off: the goods were loaded anew. */
function tripOf({ id }: Delivery, trips: readonly OrderTrip[]): OrderTrip | null {
  const carrying = trips.filter(({ stops }) => stops.some(({ deliveryIds }) => deliveryIds.includes(id)));
  const live = carrying.filter(({ state }) => state !== "cancelled").sort((a, b) => (a.id < b.id ? 1 : -1));
  return live[0] ?? null;
}

export const stopOf = ({ delivery, trip }: Shipping, kind: "load" | "unload"): OrderStop | null =>
  trip?.stops.find((stop) => stop.kind === kind && stop.deliveryIds.includes(delivery.id)) ?? null;
