import type { CrmCase, CrmOrder } from "../crm.ts";
import type { RowFact } from "../sales-order.ts";
import { headerPlaceOf, type Moment, minutesBetween, momentOf, placeOf, sortKey } from "./moments.ts";
import { type OrderParts, type OrderStop, type Shipping, shippingsOf, stopOf } from "./order-parts.ts";
import type { OrderMilestone } from "./order-view.ts";

type Given = Partial<OrderMilestone> & Pick<OrderMilestone, "kind" | "source" | "record">;
type Arrival = { p50: string; p90: string } | null;

/** What was to happen, happened or is expected, in the lanes of who says so, in the order of time. */
export function orderTimeline(parts: OrderParts, { eta, arrivedAt }: { eta: Arrival; arrivedAt: Moment | null }) {
  const shippings = shippingsOf(parts);
  const provenAt = lastProven(shippings) ?? arrivedAt;
  const promise: Fulfilment = { eta: provenAt === null ? eta : null, actual: provenAt };
  return [
    ...parts.crmOrders.flatMap((order) => ofCrmOrder(order, promise)),
    ...parts.cases.flatMap(ofCase),
    ...ofOrder(parts, promise),
    ...shippings.flatMap((shipping) => [...ofDelivery(shipping), ...ofReports(shipping), ...ofTruck(shipping)]),
  ].sort((a, b) => (sortKey(whenOf(a)) < sortKey(whenOf(b)) ? -1 : 1));
}

type Fulfilment = { eta: Arrival; actual: Moment | null };

const whenOf = ({ actual, expected, planned }: OrderMilestone): Moment => actual ?? expected?.p50 ?? planned ?? "";

function milestone({
  planned = null,
  actual = null,
  expected = null,
  subject = null,
  ...rest
}: Given): OrderMilestone[] {
  if (planned === null && actual === null && expected === null) return [];
  const came = actual ?? expected?.p50 ?? null;
  const varianceMinutes = planned === null || came === null ? null : minutesBetween(planned, came);
  return [{ planned, actual, expected: actual === null ? expected : null, varianceMinutes, subject, ...rest }];
}

const actualOf = (fact: RowFact | null) => fact && { actual: momentOf(fact), record: placeOf(fact.record) };

function ofCrmOrder(order: CrmOrder, { eta, actual }: Fulfilment): OrderMilestone[] {
  const created = actualOf(order.createdAt);
  const active = actualOf(order.activatedAt);
  const base = { source: "salesforce", subject: order.number } as const;
  return [
    ...(created ? milestone({ ...base, kind: "ordered", ...created }) : []),
    ...(active ? milestone({ ...base, kind: "crm_changed", ...active, subject: order.status }) : []),
    ...promised({ ...base, planned: order.promisedDay, record: headerPlaceOf(order) }, eta, actual),
  ];
}

/** The promise itself, beside what came or is expected of it. */
function promised(given: Omit<Given, "kind">, eta: Arrival, actual: Moment | null): OrderMilestone[] {
  if (!given.planned) return [];
  return milestone({ ...given, kind: "promised", actual, expected: eta } as Given);
}

function ofCase({ number, createdAt, closedAt }: CrmCase): OrderMilestone[] {
  const opened = actualOf(createdAt);
  const closed = actualOf(closedAt);
  const base = { source: "salesforce", subject: number } as const;
  return [
    ...(opened ? milestone({ ...base, kind: "case_opened", ...opened }) : []),
    ...(closed ? milestone({ ...base, kind: "case_closed", ...closed }) : []),
  ];
}

function ofOrder({ order }: OrderParts, { eta, actual }: Fulfilment): OrderMilestone[] {
  if (!order) return [];
  const base = { source: "sap", subject: order.number } as const;
  const created = actualOf(order.createdAt);
  const confirmed = actualOf(order.confirmedAt);
  return [
    ...(created ? milestone({ ...base, kind: "ordered", ...created }) : []),
    ...(confirmed ? milestone({ ...base, kind: "confirmed", ...confirmed }) : []),
    ...promised({ ...base, planned: order.requestedDay, record: headerPlaceOf(order) }, eta, actual),
  ];
}

function ofDelivery({ delivery }: Shipping): OrderMilestone[] {
  const record = headerPlaceOf(delivery);
  const base = { source: "sap", subject: delivery.number, record } as const;
  const facts = [
    { kind: "delivery_created", planned: null, fact: delivery.createdAt },
    { kind: "picked", planned: null, fact: delivery.pickedAt },
    { kind: "goods_issue", planned: delivery.plannedIssueDay, fact: delivery.issuedAt },
    { kind: "proof_of_delivery", planned: delivery.plannedDeliveryDay, fact: delivery.provenAt },
  ] as const;
  return facts.flatMap(({ kind, planned, fact }) => milestone({ ...base, kind, planned, ...(actualOf(fact) ?? {}) }));
}

/** What the ERP was told of the drive, which may come later than the truck's own signal. */
function ofReports(shipping: Shipping): OrderMilestone[] {
  const [load, unload] = [stopOf(shipping, "load"), stopOf(shipping, "unload")];
  const base = { source: "sap" } as const;
  return [
    ...(load?.reportedDeparture
      ? milestone({
          ...base,
          kind: "departed",
          subject: load.site,
          ...planOf(load, "departure"),
          actual: load.reportedDeparture,
          record: load.records.reportedDeparture,
        })
      : []),
    ...(unload?.reportedArrival
      ? milestone({
          ...base,
          kind: "arrived",
          subject: unload.site,
          ...planOf(unload, "arrival"),
          actual: unload.reportedArrival,
          record: unload.records.reportedArrival,
        })
      : []),
  ];
}

/** Each with the reading that showed it; what has not happened yet with the record of its plan. */
function ofTruck(shipping: Shipping): OrderMilestone[] {
  const [load, unload] = [stopOf(shipping, "load"), stopOf(shipping, "unload")];
  const base = { source: "truck" } as const;
  return [
    ...(load
      ? [
          ...milestone({
            ...base,
            kind: "at_dock",
            subject: load.site,
            ...arrivalOf(load),
          }),
          ...milestone({
            ...base,
            ...{ kind: "departed", subject: load.site, ...planOf(load, "departure"), actual: load.departedAt },
            record: load.departedAt === null ? load.records.plannedDeparture : load.departureRecord,
          }),
        ]
      : []),
    ...(unload
      ? milestone({
          ...base,
          kind: "arrived",
          subject: unload.site,
          ...arrivalOf(unload),
        })
      : []),
  ];
}

const planOf = (stop: OrderStop, what: "arrival" | "departure") => ({
  planned: what === "arrival" ? stop.plannedArrival : stop.plannedDeparture,
});

const arrivalOf = (stop: OrderStop) => ({
  ...{ planned: stop.plannedArrival, actual: stop.arrivedAt, expected: stop.eta },
  record: stop.arrivedAt === null ? stop.records.plannedArrival : stop.arrivalRecord,
});

/** Once all deliveries are proven, the last of the proofs. */
function lastProven(shippings: readonly Shipping[]): Moment | null {
  const proofs = shippings.map(({ delivery }) => delivery.provenAt && momentOf(delivery.provenAt));
  if (proofs.length === 0 || proofs.includes(null)) return null;
  return (proofs as Moment[]).reduce((last, proof) => (sortKey(proof) > sortKey(last) ? proof : last));
}
