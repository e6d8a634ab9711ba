import { type FactRecord, headerRecordOf } from "../business-object.ts";
import type { Delivery } from "../delivery.ts";
import type { LocalTime, Shipment, ShipmentStage } from "../shipment.ts";

export type StopKind = "load" | "unload" | "transfer";

/** A place a trip comes to, as documents plan and report it. Milliseconds. */
export type PlannedStop = {
  site: string;
  kind: StopKind;
  plannedArrivalMs: number | null;
  plannedDepartureMs: number | null;
  reportedArrivalMs: number | null;
  reportedDepartureMs: number | null;
  deliveryIds: string[];
  records: StopRecords;
};

/** Where each of a stop's times was read; `null` without the time. */
export type StopRecords = Record<
  "plannedArrival" | "plannedDeparture" | "reportedArrival" | "reportedDeparture",
  FactRecord | null
>;

/** What a vehicle is to do, as a shipment or a delivery says it. */
export type TripPlan = {
  /** `shipment:<id>` or `delivery:<id>`. */
  id: string;
  number: string;
  vehicleId: string | null;
  carrier: string | null;
  isCancelled: boolean;
  /** The documents say that it is over. */
  hasEnded: boolean;
  plannedStartMs: number | null;
  stops: PlannedStop[];
  deliveryIds: string[];
  orderIds: string[];
  /** The newest of the document, and the one that says the vehicle. */
  record: FactRecord | null;
  vehicleRecord: FactRecord | null;
};

/** The moment of a local time at a site; of a day its end. `null` when the text is none. */
export type InstantOf = (local: LocalTime, site: string | null) => number | null;

/** Sites of a shipment are those of its stages in the order they are driven; without stages those of its deliveries. */
export function planOfShipment(shipment: Shipment, deliveries: readonly Delivery[], instantOf: InstantOf): TripPlan {
  const { id, number, vehicleId, carrier, isDeleted, isClosed, deliveryIds, record } = shipment;
  const stages = shipment.stages.length > 0 ? shipment.stages : stagesOf(shipment, deliveries);
  const stops = stopsOf(stages, instantOf).filter((stop): stop is PlannedStop => stop.site !== null);
  const first = stops[0];
  const start = shipment.plannedStart ?? stages[0]?.plannedStart ?? null;
  const end = stops.length > 1 ? stops.at(-1) : undefined;
  const header = headerRecordOf(shipment);
  if (end && shipment.plannedEnd && end.plannedArrivalMs === null) {
    end.plannedArrivalMs = instantOf(shipment.plannedEnd, end.site);
    end.records.plannedArrival = header;
  }
  if (first && start && first.plannedDepartureMs === null) {
    first.plannedDepartureMs = instantOf(start, first.site);
    first.records.plannedDeparture = shipment.plannedStart ? header : (stages[0]?.record ?? null);
  }
  return {
    id: `shipment:${id}`,
    ...{ number, vehicleId, carrier, deliveryIds, record, vehicleRecord: header },
    isCancelled: isDeleted,
    hasEnded: isClosed && !isDeleted,
    plannedStartMs: first && start ? instantOf(start, first.site) : (first?.plannedDepartureMs ?? null),
    stops: withDeliveries(stops, deliveries),
    orderIds: orderIdsOf(deliveries),
  };
}

/** A delivery that no shipment carries, but that names its vehicle. Days are all that is planned: their end counts. */
export function planOfDelivery(delivery: Delivery, instantOf: InstantOf): TripPlan {
  const { id, number, vehicleId, originSite, destinationSite, plannedIssueDay, plannedDeliveryDay, record } = delivery;
  const at = (local: LocalTime | null, site: string | null) => (local === null ? null : instantOf(local, site));
  const stop = (site: string | null, kind: StopKind, { records, ...times }: DeliveryTimes): PlannedStop[] => {
    if (site === null) return [];
    const empty = emptyStop(site, kind);
    return [{ ...empty, ...times, records: { ...empty.records, ...records }, deliveryIds: [id] }];
  };
  const header = headerRecordOf(delivery);
  return {
    id: `delivery:${id}`,
    ...{ number, vehicleId, carrier: null, deliveryIds: [id], record, vehicleRecord: header },
    isCancelled: delivery.isDeleted,
    hasEnded: delivery.provenAt !== null || (delivery.isClosed && !delivery.isDeleted),
    plannedStartMs: at(plannedIssueDay && `${plannedIssueDay}T00:00:00`, originSite),
    stops: [
      ...stop(originSite, "load", {
        plannedDepartureMs: at(plannedIssueDay, originSite),
        reportedDepartureMs: delivery.issuedAt?.atMs ?? null,
        records: {
          plannedDeparture: readIn(header, plannedIssueDay),
          reportedDeparture: delivery.issuedAt?.record ?? null,
        },
      }),
      ...stop(destinationSite, "unload", {
        plannedArrivalMs: at(plannedDeliveryDay, destinationSite),
        reportedArrivalMs: delivery.provenAt?.atMs ?? null,
        records: {
          plannedArrival: readIn(header, plannedDeliveryDay),
          reportedArrival: delivery.provenAt?.record ?? null,
        },
      }),
    ],
    orderIds: orderIdsOf([delivery]),
  };
}

const readIn = (record: FactRecord | null, said: LocalTime | null): FactRecord | null =>
  said === null ? null : record;

type DeliveryTimes = Partial<Omit<PlannedStop, "records">> & { records: Partial<StopRecords> };

const emptyStop = <Site extends string | null>(site: Site, kind: StopKind) => ({
  site,
  kind,
  plannedArrivalMs: null,
  plannedDepartureMs: null,
  reportedArrivalMs: null,
  reportedDepartureMs: null,
  deliveryIds: [],
  records: { plannedArrival: null, plannedDeparture: null, reportedArrival: null, reportedDeparture: null },
});

type MaybeStop = Omit<PlannedStop, "site"> & { site: string | null };

/** Where one stage ends the next begins; a stage that begins elsewhere has a stop of its own. */
function stopsOf(stages: readonly ShipmentStage[], instantOf: InstantOf): MaybeStop[] {
  const stops: MaybeStop[] = [];
  const at = (local: LocalTime | null, site: string | null) => (local === null ? null : instantOf(local, site));
  for (const [index, stage] of stages.entries()) {
    const { fromSite, toSite, record } = stage;
    let from = stops.at(-1);
    if (!from || (fromSite !== null && from.site !== null && from.site !== fromSite)) {
      from = emptyStop(fromSite, index === 0 ? "load" : "transfer");
      stops.push(from);
    }
    from.site ??= fromSite;
    from.plannedDepartureMs = at(stage.plannedStart, from.site);
    from.reportedDepartureMs = at(stage.actualStart, from.site);
    from.records.plannedDeparture = readIn(record, stage.plannedStart);
    from.records.reportedDeparture = readIn(record, stage.actualStart);
    const to = emptyStop(toSite, index === stages.length - 1 ? "unload" : "transfer");
    stops.push({
      ...to,
      plannedArrivalMs: at(stage.plannedEnd, toSite),
      reportedArrivalMs: at(stage.actualEnd, toSite),
      records: {
        ...to.records,
        plannedArrival: readIn(record, stage.plannedEnd),
        reportedArrival: readIn(record, stage.actualEnd),
      },
    });
  }
  return stops;
}

/** One stage for each place that deliveries go to, from where the first of them begins. */
function stagesOf(shipment: Shipment, deliveries: readonly Delivery[]): ShipmentStage[] {
  const origin = deliveries.find(({ originSite }) => originSite !== null)?.originSite ?? null;
  const places = [...new Set(deliveries.flatMap(({ destinationSite }) => destinationSite ?? []))];
  const record = headerRecordOf(shipment);
  if (!record) return [];
  return places.map((toSite, index) => ({
    stage: String(index + 1).padStart(4, "0"),
    sequence: index + 1,
    fromSite: index === 0 ? origin : places[index - 1]!,
    toSite,
    plannedStart: index === 0 ? shipment.plannedStart : null,
    plannedEnd: index === places.length - 1 ? shipment.plannedEnd : null,
    ...{ actualStart: null, actualEnd: null, distanceKm: null, record },
  }));
}

/** Which deliveries come aboard or leave where. One whose place is not known is taken at the first and left at the last. */
function withDeliveries(stops: readonly PlannedStop[], deliveries: readonly Delivery[]): PlannedStop[] {
  const last = stops.length - 1;
  return stops.map((stop, index) => {
    const loads = deliveries.filter(
      ({ originSite }) => originSite === stop.site || (index === 0 && !stops.some(({ site }) => site === originSite)),
    );
    const leaves = deliveries.filter(
      ({ destinationSite }) =>
        destinationSite === stop.site || (index === last && !stops.some(({ site }) => site === destinationSite)),
    );
    const deliveryIds = [
      ...new Set([...(index < last ? loads : []), ...(index > 0 ? leaves : [])].map(({ id }) => id)),
    ];
    return { ...stop, kind: kindOf(stop.kind, loads.length > 0, leaves.length > 0), deliveryIds };
  });
}

function kindOf(kind: StopKind, loads: boolean, leaves: boolean): StopKind {
  if (kind !== "transfer" || loads === leaves) return kind;
  return loads ? "load" : "unload";
}

const orderIdsOf = (deliveries: readonly Delivery[]): string[] => [
  ...new Set(deliveries.flatMap(({ lines }) => lines.flatMap(({ orderId }) => orderId ?? []))),
];
