import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Delivery } from "../delivery.ts";
import { errorsByHorizon } from "../eta/eta-errors.ts";
import type { Shipment, ShipmentStage } from "../shipment.ts";
import { composeTrip, nextStopIndex, type OnTheRoad, varianceMinutes } from "./compose-trip.ts";
import { followTrip } from "./follow-trip.ts";
import { planOfDelivery, planOfShipment } from "./trip-plan.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = Date.UTC(2026, 7, 19);
const hour = (hours: number) => DAY_MS + hours * HOUR_MS;
const record = { topic: "sap.VTTK", partition: 0, offset: "1", timestampMs: DAY_MS };
const base = { isStub: false, isDeleted: false, isClosed: false, record };
const READING = { topic: "telematics.readings", partition: 3, offset: "7" };
const local = (hours: number) => new Date(hour(hours)).toISOString().slice(0, 19);
const instantOf = (text: string) => Date.parse(text.includes("T") ? `${text}Z` : `${text}T23:59:59Z`);

const aStage = (sequence: number, fromSite: string, toSite: string, start: number, end: number): ShipmentStage => ({
  stage: String(sequence).padStart(4, "0"),
  ...{ sequence, fromSite, toSite, plannedStart: local(start), plannedEnd: local(end) },
  ...{ actualStart: null, actualEnd: null, distanceKm: null, record },
});
const aShipment = (over: Partial<Shipment> = {}): Shipment => ({
  ...base,
  ...{ id: "sap:800:1", number: "1", vehicleId: "T1", carrier: "C1", plannedStart: local(8), plannedEnd: local(20) },
  stages: [aStage(1, "A", "B", 8, 12), aStage(2, "B", "C", 13, 20)],
  deliveryIds: ["d1", "d2"],
  ...over,
});
const aDelivery = (id: string, over: Partial<Delivery> = {}): Delivery => ({
  ...base,
  ...{ id, number: id, direction: "outbound", originSite: "A", destinationSite: "C", shipToId: null },
  ...{ billOfLading: null, vehicleId: "T1", plannedIssueDay: "2026-08-19", plannedDeliveryDay: "2026-08-20" },
  ...{ createdAt: null, pickedAt: null, issuedAt: null, provenAt: null, lines: [] },
  ...over,
});
const deliveries = [aDelivery("d1", { destinationSite: "B" }), aDelivery("d2")];
const plan = planOfShipment(aShipment(), deliveries, instantOf);
const stay = (fenceId: string, entered: number, left: number | null) => ({
  fenceId,
  enteredMs: hour(entered),
  leftMs: left === null ? null : hour(left),
  record: { ...READING, timestampMs: hour(entered) },
  leftRecord: left === null ? null : { ...READING, timestampMs: hour(left) },
});
/** B lies 170 km from wherever the vehicle is, C as far from B. */
const onTheRoad = (nowHours: number): OnTheRoad => ({
  nowMs: hour(nowHours),
  recentKmh: null,
  atTheWheel: { sinceRestMs: 0, sinceBreakMs: 0 },
  errors: errorsByHorizon([]),
  metresTo: () => 170_000,
});
const hoursOf = (ms: number | null | undefined) => (ms == null ? null : (ms - DAY_MS) / HOUR_MS);

describe("the plan of a trip", () => {
  test("stages in the order driven make stops, with the deliveries that come aboard or leave there", () => {
    expect(plan.stops.map(({ site, kind, deliveryIds }) => [site, kind, deliveryIds])).toEqual([
      ["A", "load", ["d1", "d2"]],
      ["B", "unload", ["d1"]],
      ["C", "unload", ["d2"]],
    ]);
    const times = plan.stops.map((stop) => [hoursOf(stop.plannedArrivalMs), hoursOf(stop.plannedDepartureMs)]);
    expect(times).toEqual([
      [null, 8],
      [12, 13],
      [20, null],
    ]);
  });

  test("a stage that begins elsewhere has a stop of its own; places nobody named are left out", () => {
    const apart = aShipment({ stages: [aStage(1, "A", "B", 8, 12), aStage(2, "X", "C", 13, 20)] });
    expect(planOfShipment(apart, [], instantOf).stops.map(({ site }) => site)).toEqual(["A", "B", "X", "C"]);
    const unnamed = aShipment({ stages: [{ ...aStage(1, "A", "B", 8, 12), toSite: null }] });
    expect(planOfShipment(unnamed, [], instantOf).stops.map(({ site }) => site)).toEqual(["A"]);
  });

  test("a shipment without stages goes where its deliveries go", () => {
    const bare = planOfShipment(aShipment({ stages: [] }), deliveries, instantOf);
    expect(bare.stops.map(({ site, plannedArrivalMs }) => [site, hoursOf(plannedArrivalMs)])).toEqual([
      ["A", null],
      ["B", null],
      ["C", 20],
    ]);
  });

  test("a delivery without a shipment is a trip from its plant to its customer, by the end of its days", () => {
    const trip = planOfDelivery(aDelivery("d9", { provenAt: { day: null, atMs: 5, record } }), instantOf);
    expect(trip).toMatchObject({ id: "delivery:d9", vehicleId: "T1", hasEnded: true, plannedStartMs: DAY_MS });
    expect(
      trip.stops.map(({ site, kind, plannedDepartureMs, plannedArrivalMs }) => [
        site,
        kind,
        plannedDepartureMs ?? plannedArrivalMs,
      ]),
    ).toEqual([
      ["A", "load", hour(24) - 1000],
      ["C", "unload", hour(48) - 1000],
    ]);
  });
});

describe("what visits say of a trip", () => {
  test("each crossing of a fence has the reading that showed it, each time of a document its own row", () => {
    const header = { ...record, offset: "2" };
    const stages = [{ ...aStage(1, "A", "B", 8, 12), actualStart: local(8) }, { ...aStage(2, "B", "C", 13, 20) }];
    const told = stages.map((stage, index) => ({
      ...stage,
      record: { ...record, topic: "sap.VTTS", offset: `${index}` },
    }));
    const shipment = aShipment({ headerRecord: header, stages: [told[0]!, { ...told[1]!, plannedEnd: null }] });
    const trip = planOfShipment(shipment, deliveries, instantOf);
    const [first, second, third] = followTrip(trip, [stay("A", 7, 9), stay("B", 11, null)], null);
    expect(trip.vehicleRecord).toBe(header);
    expect([first, second].map((stop) => stop && [stop.arrivalRecord, stop.departureRecord])).toEqual([
      [
        { ...READING, timestampMs: hour(7) },
        { ...READING, timestampMs: hour(9) },
      ],
      [{ ...READING, timestampMs: hour(11) }, null],
    ]);
    expect(third).toMatchObject({ arrivalRecord: null, departureRecord: null });
    const nothing = { plannedArrival: null, plannedDeparture: null, reportedArrival: null, reportedDeparture: null };
    expect([first, second, third].map((stop) => stop?.records)).toEqual([
      { ...nothing, plannedDeparture: told[0]!.record, reportedDeparture: told[0]!.record },
      { ...nothing, plannedArrival: told[0]!.record, plannedDeparture: told[1]!.record },
      { ...nothing, plannedArrival: header },
    ]);
  });

  const times = (visits: ReturnType<typeof stay>[], after: number | null = null) =>
    followTrip(plan, visits, after === null ? null : hour(after)).map(({ arrivedMs, departedMs }) => [
      hoursOf(arrivedMs),
      hoursOf(departedMs),
    ]);

  test.each([
    [
      "in order",
      [stay("A", 6, 9), stay("B", 12, 14), stay("C", 19, null)],
      null,
      [
        [6, 9],
        [12, 14],
        [19, null],
      ],
    ],
    [
      "a truck that waits since yesterday",
      [stay("A", -20, 9)],
      null,
      [
        [-20, 9],
        [null, null],
        [null, null],
      ],
    ],
    [
      "a visit that was over long before the plan is another trip's",
      [stay("A", -30, -5)],
      null,
      [
        [null, null],
        [null, null],
        [null, null],
      ],
    ],
    [
      "the last visit of the first stop before the second one counts",
      [stay("A", 0, 1), stay("X", 3, 4), stay("A", 6, 9), stay("B", 12, 13)],
      null,
      [
        [6, 9],
        [12, 13],
        [null, null],
      ],
    ],
    [
      "a later stop does not count before an earlier one",
      [stay("C", 1, 2), stay("A", 6, 9)],
      null,
      [
        [6, 9],
        [null, null],
        [null, null],
      ],
    ],
    [
      "a stop that was passed by stays without times",
      [stay("A", 6, 9), stay("C", 15, null)],
      null,
      [
        [6, 9],
        [null, null],
        [15, null],
      ],
    ],
    [
      "what came before the end of the trip before is that one's",
      [stay("A", 0, 1), stay("B", 3, 4), stay("A", 6, 9)],
      4,
      [
        [6, 9],
        [null, null],
        [null, null],
      ],
    ],
  ] as const)("%s", (_, visits, after, expected) => {
    expect(times([...visits], after)).toEqual(expected);
  });

  test("a stop that was left unseen is not visited by coming back to it later", () => {
    const reported = (actualStart: string | null, actualEnd: string | null) =>
      planOfShipment(
        aShipment({ stages: [{ ...aStage(1, "A", "B", 8, 12), actualStart, actualEnd }] }),
        deliveries,
        instantOf,
      );
    const arrivals = (trip: typeof plan, visits: ReturnType<typeof stay>[]) =>
      followTrip(trip, visits, null).map(({ arrivedMs }) => hoursOf(arrivedMs));
    const visits = [stay("B", 11, 12), stay("A", 15, 16), stay("B", 20, null)];
    expect(arrivals(reported(local(9), null), visits)).toEqual([null, 11]);
    expect(arrivals(reported(null, local(11)), visits)).toEqual([null, 11]);
    expect(arrivals(reported(null, null), visits)).toEqual([15, 20]);
    const wrong = [stay("A", 11, 12), stay("B", 13, null)];
    expect(arrivals(reported(local(9), local(13)), wrong)).toEqual([11, 13]);
  });

  test("whatever the visits: times rise along the stops, and each is that of a visit of its site", () => {
    const visits = fc
      .array(
        fc.record({
          site: fc.constantFrom("A", "B", "C", "X"),
          gap: fc.integer({ min: 1, max: 9 }),
          stays: fc.integer({ min: 0, max: 5 }),
        }),
        { maxLength: 20 },
      )
      .map((list) => {
        let at = -15;
        return list.map(({ site, gap, stays }) => {
          const entered = at + gap;
          at = entered + stays;
          return stay(site, entered, at);
        });
      });
    fc.assert(
      fc.property(visits, (list) => {
        const stops = followTrip(plan, list, null);
        const arrivals = stops.flatMap(({ arrivedMs }) => arrivedMs ?? []);
        expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b));
        for (const { site, arrivedMs, departedMs, arrivalRecord, departureRecord } of stops) {
          if (arrivedMs === null) continue;
          const visit = { fenceId: site, enteredMs: arrivedMs, leftMs: departedMs };
          expect(list).toContainEqual({ ...visit, record: arrivalRecord, leftRecord: departureRecord });
        }
        expect(followTrip(plan, [...list].reverse(), null)).toEqual(stops);
      }),
    );
  });
});

describe("a trip", () => {
  test("is planned until it left its first stop, under way until it reached its last, then completed", () => {
    const states = [
      [],
      [stay("A", 6, null)],
      [stay("A", 6, 9)],
      [stay("A", 6, 9), stay("B", 12, 13)],
      [stay("A", 6, 9), stay("C", 19, null)],
    ];
    expect(states.map((visits) => composeTrip(plan, visits, null, null).state)).toEqual([
      "planned",
      "planned",
      "under_way",
      "under_way",
      "completed",
    ]);
    expect(composeTrip({ ...plan, isCancelled: true }, [], null, null).state).toBe("cancelled");
  });

  test("on the road each stop ahead is estimated, an hour at each, and none that was reached", () => {
    const trip = composeTrip(plan, [stay("A", 6, 9)], null, onTheRoad(10));
    expect(trip.stops.map(({ eta }) => hoursOf(eta?.p50Ms))).toEqual([null, 12, 15]);
    expect(trip.remainingM).toBe(170_000);
    expect(nextStopIndex(trip.stops)).toBe(1);
    for (const { eta } of trip.stops) if (eta) expect(eta.p90Ms).toBeGreaterThan(eta.p50Ms);
    expect(trip.stops.map(varianceMinutes)).toEqual([null, 0, -300]);
  });

  test.each([
    [8, "on_time"],
    [9.9, "at_risk"],
    [10.6, "late"],
    [12.1, "critical"],
  ] as const)("170 km before a stop planned at 12:00, at %s o'clock, its service is %s", (now, service) => {
    const left = [stay("A", 6, 7.5)];
    expect(composeTrip(plan, left, null, onTheRoad(now)).service).toBe(service);
  });

  test("says nothing of the rest while nothing is known of the vehicle, or of the place of a stop", () => {
    expect(composeTrip(plan, [stay("A", 6, 9)], null, null)).toMatchObject({ service: "none", remainingM: null });
    const lost = { ...onTheRoad(10), metresTo: (site: string) => (site === "C" ? null : 170_000) };
    const trip = composeTrip(plan, [stay("A", 6, 9)], null, lost);
    expect(trip.stops.map(({ eta }) => eta !== null)).toEqual([false, true, false]);
  });

  test("what is expected is whole milliseconds, whatever the way", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 5e6, noNaN: true }), (metres) => {
        const road = { ...onTheRoad(10), recentKmh: 71.3, metresTo: () => metres };
        for (const { eta } of composeTrip(plan, [stay("A", 6, 9)], null, road).stops) {
          if (eta) expect([eta.p50Ms, eta.p90Ms].every(Number.isInteger)).toBe(true);
        }
      }),
    );
  });

  test("a stop that only SAP says was left is behind: the way goes on from where the vehicle is", () => {
    const [first, ...others] = plan.stops;
    const told = { ...plan, stops: [{ ...first!, reportedDepartureMs: hour(9) }, ...others] };
    const trip = composeTrip(told, [], null, onTheRoad(10));
    expect(trip.state).toBe("under_way");
    expect(trip.stops.map(({ eta }) => hoursOf(eta?.p50Ms))).toEqual([null, 12, 15]);
  });

  test("a truck that waits at its first stop leaves as planned, or now when that has passed", () => {
    const at = (now: number) =>
      hoursOf(composeTrip(plan, [stay("A", 6, null)], null, onTheRoad(now)).stops[1]!.eta!.p50Ms);
    expect(at(7)).toBe(10);
    expect(at(9.5)).toBe(11.5);
  });
});
