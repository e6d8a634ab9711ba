import type { Day } from "../sales-order.ts";
import { isDay, type Moment, minutesBetween, sortKey, timeOf } from "./moments.ts";
import { orderDisagreements } from "./order-disagreements.ts";
import { isUnconfirmed, missingOf, viewLines } from "./order-lines.ts";
import { type OrderParts, type Shipping, shippingsOf, stopOf } from "./order-parts.ts";
import { orderStatus } from "./order-status.ts";
import { orderTimeline } from "./order-timeline.ts";
import type { OrderView, OrderViewDelivery, OrderViewLine, RiskFacts } from "./order-view.ts";
import { endOfDayMs } from "./promised-at.ts";

/** One order across Salesforce, SAP and the trucks, of everything that belongs to it. Pure; see `judgeRisk` for the rest. */
export function composeOrder(parts: OrderParts): OrderView {
  const { order, customer, accounts } = parts;
  const [crm] = parts.crmOrders;
  const shippings = shippingsOf(parts);
  const lines = viewLines(order, shippings);
  const arrival = arrivalOf(shippings);
  const places = placesOf(parts, shippings);
  const account = accounts.find(({ id }) => id === crm?.accountId) ?? accounts[0];
  const requestedDate = order?.requestedDay ?? crm?.promisedDay ?? null;
  const confirmedDate = order?.confirmedDay ?? null;
  const promisedAt = promiseOf(confirmedDate ?? requestedDate, arrival.plannedAt, places.destinationSite, parts);
  return {
    id: order?.id ?? crm!.id,
    number: order?.number ?? crm!.number ?? crm!.customerReference ?? crm!.id.slice("salesforce:".length),
    customerReference: order?.customerReference ?? crm?.customerReference ?? null,
    customer: {
      id: order?.customerId ?? crm?.accountId ?? null,
      name: customer?.name ?? account?.name ?? null,
    },
    status: orderStatus(parts),
    value: order?.value ?? crm?.amount ?? null,
    requestedDate,
    confirmedDate,
    promisedAt,
    eta: arrival.eta?.p50 ?? null,
    etaP90: arrival.eta?.p90 ?? null,
    ...places,
    vehicleIds: [...new Set(shippings.flatMap((shipping) => vehicleOf(shipping) ?? []))],
    lines,
    deliveries: shippings.map(toDelivery),
    sources: sourcesOf(parts, shippings),
    timeline: orderTimeline(parts, arrival),
    disagreementList: orderDisagreements(parts),
    facts: factsOf(parts, shippings, lines, arrival),
  };
}

const vehicleOf = ({ delivery, trip }: Shipping): string | null => trip?.vehicleId ?? delivery.vehicleId;

const toDelivery = (shipping: Shipping): OrderViewDelivery => ({
  id: shipping.delivery.id,
  number: shipping.delivery.number,
  billOfLading: shipping.delivery.billOfLading,
  goodsIssueDate: shipping.delivery.issuedAt?.day ?? null,
  provenDate: shipping.delivery.provenAt?.day ?? null,
  vehicleId: vehicleOf(shipping),
  tripId: shipping.trip?.id ?? null,
});

type Arrival = {
  eta: { p50: string; p90: string } | null;
  plannedAt: Moment | null;
  /** Once all of the goods are there. */
  arrivedAt: Moment | null;
  lateMinutes: number | null;
};

/** The last of the arrivals decides: an order is there when all of it is. */
function arrivalOf(shippings: readonly Shipping[]): Arrival {
  const stops = shippings.flatMap((shipping) => stopOf(shipping, "unload") ?? []);
  const open = stops.filter((stop) => stop.arrivedAt === null);
  const etas = open.flatMap(({ eta }) => eta ?? []);
  const late = open.flatMap(({ eta, plannedArrival }) =>
    eta && plannedArrival ? [minutesBetween(plannedArrival, eta.p50)] : [],
  );
  const isThere = shippings.length > 0 && stops.length === shippings.length && open.length === 0;
  return {
    eta:
      etas.length === 0 ? null : { p50: latest(etas.map(({ p50 }) => p50))!, p90: latest(etas.map(({ p90 }) => p90))! },
    plannedAt: latest(stops.flatMap(({ plannedArrival }) => plannedArrival ?? [])),
    arrivedAt: isThere ? latest(stops.flatMap(({ arrivedAt }) => arrivedAt ?? [])) : null,
    lateMinutes: late.length === 0 ? null : Math.max(...late),
  };
}

const latest = (moments: readonly Moment[]): Moment | null =>
  moments.reduce<Moment | null>(
    (last, moment) => (last === null || sortKey(moment) > sortKey(last) ? moment : last),
    null,
  );

function placesOf({ order, timeZoneOf }: OrderParts, shippings: readonly Shipping[]) {
  const [first] = shippings;
  const lineSite = order?.lines.find((line) => !line.isRejected && line.site !== null)?.site ?? null;
  const customerSite = order?.customerId ? siteOfCustomer(order.customerId) : null;
  return {
    originSite: first?.delivery.originSite ?? lineSite,
    // A customer is a place only where a site of that number is known.
    destinationSite:
      first?.delivery.destinationSite ?? (customerSite && timeZoneOf(customerSite) !== null ? customerSite : null),
  };
}

const siteOfCustomer = (id: string): string => {
  const number = id.slice(id.lastIndexOf(":") + 1);
  return /^\d+$/.test(number) ? number.replace(/^0+(?=\d)/, "") : number;
};

/** The end of the promised day where the goods are to be; without a day, when they are planned to be there. */
function promiseOf(day: Day | null, plannedAt: Moment | null, destination: string | null, parts: OrderParts) {
  if (day === null) return plannedAt !== null && !isDay(plannedAt) ? plannedAt : null;
  return timeOf(endOfDayMs(day, destination && parts.timeZoneOf(destination)));
}

function sourcesOf({ order, crmOrders }: OrderParts, shippings: readonly Shipping[]): OrderView["sources"] {
  const trips = [...new Map(shippings.flatMap(({ trip }) => (trip ? [[trip.id, trip] as const] : []))).values()];
  return [
    ...crmOrders.map(({ id }) => ({ system: "salesforce", entity: "Order", key: id.slice("salesforce:".length) })),
    ...(order && !order.isStub ? [{ system: "sap", entity: "VBAK", key: sapKey(order.id) }] : []),
    ...shippings.map(({ delivery }) => ({ system: "sap", entity: "LIKP", key: sapKey(delivery.id) })),
    ...trips.map(({ id }) => ({ system: "sap", entity: "VTTK", key: sapKey(id) })),
  ];
}

/** `sap:100:0000012345` is the row `100|0000012345`. */
const sapKey = (id: string): string => id.split(":").slice(1).join("|");

function factsOf(
  parts: OrderParts,
  shippings: readonly Shipping[],
  lines: readonly OrderViewLine[],
  { arrivedAt, lateMinutes }: Arrival,
): RiskFacts {
  const { order, timeZoneOf } = parts;
  const waiting = shippings.filter(({ delivery }) => delivery.issuedAt === null);
  const departures = shippings.flatMap((shipping) => {
    const stop = stopOf(shipping, "load");
    const hasLeft = !stop || stop.departedAt !== null || stop.reportedDeparture !== null;
    return hasLeft || stop.plannedDeparture === null ? [] : [Date.parse(stop.plannedDeparture)];
  });
  const issues = waiting.flatMap(({ delivery: { plannedIssueDay, originSite } }) =>
    plannedIssueDay === null ? [] : [endOfDayMs(plannedIssueDay, originSite && timeZoneOf(originSite))],
  );
  return {
    isStub: order?.isStub ?? false,
    blocks: blocksOf(parts),
    createdAtMs: order?.createdAt?.atMs ?? null,
    arrivedAtMs: arrivedAt === null ? null : Date.parse(arrivedAt),
    arrivalLateMinutes: lateMinutes,
    departureDueMs: departures.length === 0 ? null : Math.min(...departures),
    issueDueMs: issues.length === 0 ? null : Math.min(...issues),
    missing: missingOf(lines),
    isUnconfirmed: isUnconfirmed(lines),
  };
}

function blocksOf({ order, customer }: OrderParts): RiskFacts["blocks"] {
  const ofCustomer = [
    { code: customer?.orderBlock ?? null, meaning: "order block of the customer" },
    { code: customer?.deliveryBlock ?? null, meaning: "delivery block of the customer" },
  ].flatMap(({ code, meaning }) => (code === null ? [] : [{ code, meaning }]));
  return [...(order?.blocks ?? []).map(({ code, meaning }) => ({ code, meaning })), ...ofCustomer];
}
