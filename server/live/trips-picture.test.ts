import { beforeEach, describe, expect, test } from "vitest";
import { Trip } from "../contracts/trip.ts";
import type { Service } from "../contracts/vehicle.ts";
import type { Delivery } from "../domain/delivery.ts";
import type { Shipment } from "../domain/shipment.ts";
import { TripsPicture, type VehicleNow } from "./trips-picture.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = Date.UTC(2026, 7, 19);
const hour = (hours: number) => DAY_MS + hours * HOUR_MS;
const record = { topic: "sap.VTTK", partition: 0, offset: "1", timestampMs: DAY_MS };
const base = { isStub: false, isDeleted: false, isClosed: false, record };
const SITES = [
  { id: "A", latitude: 41, longitude: -88, timeZone: "America/Chicago" },
  { id: "B", latitude: 42, longitude: -88, timeZone: "America/Chicago" },
];

/** Chicago's summer is five hours behind. */
const local = (hours: number) => new Date(hour(hours - 5)).toISOString().slice(0, 19);
const aShipment = (id: string, start: number, end: number, over: Partial<Shipment> = {}): Shipment => ({
  ...base,
  ...{ id, number: id, vehicleId: "T1", carrier: null, plannedStart: local(start), plannedEnd: local(end) },
  stages: [
    {
      ...{ stage: "0001", sequence: 1, fromSite: "A", toSite: "B", plannedStart: local(start), plannedEnd: local(end) },
      ...{ actualStart: null, actualEnd: null, distanceKm: null, record },
    },
  ],
  deliveryIds: [`d-${id}`],
  ...over,
});
const aDelivery = (id: string, over: Partial<Delivery> = {}): Delivery => ({
  ...base,
  ...{ id, number: id, direction: "outbound", originSite: "A", destinationSite: "B", shipToId: null },
  ...{ billOfLading: null, vehicleId: null, plannedIssueDay: "2026-08-19", plannedDeliveryDay: "2026-08-20" },
  ...{ createdAt: null, pickedAt: null, issuedAt: null, provenAt: null, lines: [] },
  ...over,
});
const visit = (fenceId: string, entered: number, left: number | null) => ({
  ...{ vehicleId: "T1", fenceId, enteredMs: hour(entered), leftMs: left === null ? null : hour(left) },
  record: { topic: "telematics.readings", partition: 0, offset: "5", timestampMs: hour(entered) },
  leftRecord:
    left === null ? null : { topic: "telematics.readings", partition: 0, offset: "9", timestampMs: hour(left) },
});

let nowMs: number;
let here: VehicleNow | null;
let services: Record<string, Service>;
let picture: TripsPicture;
beforeEach(() => {
  nowMs = hour(10);
  here = { latitude: 41.5, longitude: -88, timeMs: nowMs, speedKmh: 85, isMoving: true };
  services = {};
  picture = new TripsPicture({
    now: () => nowMs,
    vehicleNow: (id) => (id === "T1" ? here : null),
    setService: (id, service) => {
      services[id] = service;
    },
    metres: (from, to) => Math.abs(to.latitude - from.latitude) * 170_000,
  });
  picture.setSites(SITES);
});

function compose(): Trip[] {
  const changed: Trip[] = [];
  while (!picture.isSettled()) changed.push(...picture.recompute(() => false).changed);
  for (const trip of changed) expect(Trip.strict().parse(trip)).toEqual(trip);
  return changed;
}

describe("the picture of trips", () => {
  test("plans are told in the time of their site, actuals by visits, the rest is expected; the fleet shows it", () => {
    picture.setDelivery("d-1", aDelivery("d-1"));
    picture.setShipment("1", aShipment("1", 8, 11));
    picture.setVisits([visit("A", 6, 9)]);
    compose();
    const trip = picture.get("shipment:1")!;
    expect(trip).toMatchObject({ state: "under_way", service: "at_risk", remainingM: 85_000 });
    expect(trip.stops).toMatchObject([
      {
        site: "A",
        plannedDeparture: "2026-08-19T08:00:00.000Z",
        arrivedAt: "2026-08-19T06:00:00.000Z",
        departedAt: "2026-08-19T09:00:00.000Z",
        eta: null,
      },
      {
        site: "B",
        plannedArrival: "2026-08-19T11:00:00.000Z",
        arrivedAt: null,
        eta: { p50: "2026-08-19T11:00:00.000Z" },
        varianceMinutes: 0,
      },
    ]);
    expect(picture.tripOfVehicle("T1")).toBe(trip);
    expect(picture.tripsOf(["d-1"])).toEqual([trip]);
    expect(picture.arrivalOf("d-1", "B")).toEqual({ vehicleId: "T1", etaMs: hour(11) });
    expect(services.T1).toBe("at_risk");
  });

  test("time that passes and a truck that moves change what is expected; what stays the same is not told again", () => {
    picture.setShipment("1", aShipment("1", 8, 11));
    picture.setVisits([visit("A", 6, 9)]);
    const [before] = compose().slice(-1);
    picture.touchAll();
    expect(compose()).toEqual([]);
    nowMs = hour(13);
    here = { ...here!, timeMs: nowMs };
    picture.touchAll();
    const [after] = compose();
    expect(after!.version).toBeGreaterThan(before!.version);
    expect(after!.service).toBe("critical");
    expect(services.T1).toBe("critical");
  });

  test("a vehicle's trips follow each other: the next begins where the last has ended", () => {
    picture.setShipment("1", aShipment("1", 0, 4));
    picture.setShipment("2", aShipment("2", 6, 12));
    picture.setVisits([visit("A", -1, 1), visit("B", 4, 5), visit("A", 7, 8)]);
    compose();
    expect(picture.get("shipment:1")!.state).toBe("completed");
    expect(picture.get("shipment:2")!.stops.map(({ arrivedAt }) => arrivedAt)).toEqual([
      "2026-08-19T07:00:00.000Z",
      null,
    ]);
    expect(picture.tripOfVehicle("T1")!.id).toBe("shipment:2");
    picture.setVisits([visit("B", 11, null)]);
    compose();
    expect(picture.tripOfVehicle("T1")).toBeNull();
    expect(services.T1).toBe("none");
    expect(picture.tripsOpen()).toEqual([]);
  });

  test("a vehicle that only moves on has the same trips as one whose papers are read again", () => {
    picture.setShipment("1", aShipment("1", 8, 11));
    picture.setShipment("2", aShipment("2", 12, 16));
    picture.setVisits([visit("A", -1, 1)]);
    compose();
    const tripsNow = () => picture.tripsOpen().map(({ version: _, ...trip }) => trip);
    const expectSameAsReadAgain = () => {
      picture.touchAll();
      compose();
      const moved = tripsNow();
      picture.setVisits([visit("A", -1, 1)]);
      compose();
      expect(moved).toEqual(tripsNow());
    };
    for (const latitude of [40.2, 40.6, 41]) {
      here = { ...here!, latitude, timeMs: here!.timeMs + 600_000 };
      nowMs += 600_000;
      expectSameAsReadAgain();
    }
    nowMs += 24 * 3_600_000;
    expectSameAsReadAgain();
  });

  test("a delivery that names its vehicle is a trip, until a shipment carries it", () => {
    picture.setDelivery("d-1", aDelivery("d-1", { vehicleId: "T1" }));
    compose();
    expect(picture.get("delivery:d-1")).toMatchObject({ vehicleId: "T1", state: "planned" });
    picture.setShipment("1", aShipment("1", 8, 11));
    while (!picture.isSettled()) picture.recompute(() => false);
    expect(picture.get("delivery:d-1")).toBeNull();
    expect(picture.tripsOf(["d-1"]).map(({ id }) => id)).toEqual(["shipment:1"]);
  });

  test("another vehicle takes over: the one before has no trip any more", () => {
    picture.setShipment("1", aShipment("1", 8, 11));
    compose();
    picture.setShipment("1", aShipment("1", 8, 11, { vehicleId: "T2" }));
    compose();
    expect(picture.tripOfVehicle("T1")).toBeNull();
    expect(services.T1).toBe("none");
    expect(picture.tripOfVehicle("T2")).toMatchObject({ id: "shipment:1", service: "none" });
  });

  test("answers by vehicle, state and site, page by page", () => {
    for (const id of ["1", "2", "3"])
      picture.setShipment(id, aShipment(id, 30, 40, { vehicleId: id === "3" ? "T2" : "T1" }));
    compose();
    const ids = (query: Partial<Parameters<TripsPicture["find"]>[0]>) =>
      picture.find({ after: null, limit: 10, ...query }).trips.map(({ number }) => number);
    expect(ids({})).toEqual(["1", "2", "3"]);
    expect(ids({ vehicleId: "T1" })).toEqual(["1", "2"]);
    expect(ids({ states: ["completed"] })).toEqual([]);
    expect(ids({ site: "B", after: "shipment:1" })).toEqual(["2", "3"]);
    expect(picture.find({ after: null, limit: 2 }).more).toBe(true);
  });

  test("an estimate is kept at departure and each hour, and decided by the arrival", () => {
    picture.setShipment("1", aShipment("1", 8, 11));
    picture.setVisits([visit("A", 6, 9)]);
    compose();
    for (const minutes of [20, 40, 70]) {
      nowMs = hour(10) + minutes * 60_000;
      picture.touchAll();
      compose();
    }
    picture.setVisits([visit("B", 11.5, null)]);
    compose();
    const { samples, arrivals } = picture.sampler.take();
    expect(samples.map(({ stop, madeMs }) => [stop, (madeMs - hour(10)) / 60_000])).toEqual([
      [1, 0],
      [1, 70],
    ]);
    expect(arrivals).toEqual([{ tripId: "shipment:1", stop: 1, arrivedMs: hour(11.5) }]);
  });

  test("what ended a week ago is forgotten, what is open never", () => {
    picture.setShipment("1", aShipment("1", 8, 11));
    picture.setShipment("2", aShipment("2", 30, 40));
    picture.setVisits([visit("A", 6, 9), visit("B", 11, 12)]);
    compose();
    nowMs = hour(24 * 9);
    picture.prune();
    compose();
    expect(picture.find({ after: null, limit: 10 }).trips.map(({ id }) => id)).toEqual(["shipment:2"]);
  });
});
