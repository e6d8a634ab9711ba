import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { VisitTold } from "@/server/contracts/live-room.ts";
import { EtaQuality, Trip } from "@/server/contracts/trip.ts";
import { Vehicle } from "@/server/contracts/vehicle.ts";
import { FleetColumns } from "@/server/live/fleet-columns.ts";
import { createLogger } from "@/server/platform/logger.ts";
import { type Database, openDatabase } from "@/server/store/client.ts";
import { createEtaSampleStore } from "@/server/store/eta-samples.ts";
import { upsertVisits } from "@/server/store/visits.ts";
import { call } from "@/server/testing/call.ts";
import { type TestDatabase, testDatabase } from "@/server/testing/database.ts";
import { type TestTower, testTower } from "@/server/testing/tower.ts";
import { wireTrips } from "@/server/wire-trips.ts";
import { GET as tripRoute } from "./trips/[id]/route.ts";
import { GET as qualityRoute } from "./trips/eta-quality/route.ts";
import { GET as tripsRoute } from "./trips/route.ts";
import { GET as vehicleRoute } from "./vehicles/[id]/route.ts";

const HOUR_MS = 3_600_000;
const NOW_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
const record = { topic: "sap.VTTK", partition: 0, offset: "1", timestampMs: NOW_MS };
const base = { isStub: false, isDeleted: false, isClosed: false, record };
const local = (hours: number) => new Date(NOW_MS + hours * HOUR_MS).toISOString().slice(0, 19);

let own: TestDatabase;
let db: Database;
let tower: TestTower;
let trips: ReturnType<typeof wireTrips>;

beforeAll(async () => {
  own = await testDatabase();
  db = openDatabase(own.url, 4);
  const place = { topic: "master.sites", partition: 0, recordOffset: 0, recordTimestamp: new Date() };
  for (const [id, latitude] of [
    ["1010", 52],
    ["1020", 53],
  ] as const) {
    await db.site.create({ data: { id, kind: "plant", name: id, latitude, longitude: 13, ...place } });
  }
  await storeObject("shipment", "sap:800:7", aShipment());
  await storeObject("delivery", "sap:800:80", aDelivery());
  await upsertVisits(db, [{ ...visit("1010", -3, -1), outsideMs: null, outsideRecord: null }]);
  const fleet = new FleetColumns(1);
  fleet.fold(aChunk(), NOW_MS);
  trips = wireTrips({ database: db, fleet, now: () => NOW_MS, logger: createLogger("test", "silent") });
  await trips.feed.start();
  tower = await testTower({ database: db, trips: trips.picture, fleet });
});
afterAll(async () => {
  await trips.feed.stop();
  await tower.stop();
  await own.drop();
});

const storeObject = (kind: string, id: string, body: object) =>
  db.$executeRaw`insert into business_object (kind, id, body, related) values (${kind}, ${id}, ${JSON.stringify(body)}::jsonb, '{}')
    on conflict (kind, id) do update set body = excluded.body`;

const aShipment = (over: object = {}) => ({
  ...base,
  ...{ id: "sap:800:7", number: "7", vehicleId: "T1", carrier: "C1", plannedStart: local(-2), plannedEnd: local(1) },
  stages: [
    {
      ...{
        stage: "0001",
        sequence: 1,
        fromSite: "1010",
        toSite: "1020",
        plannedStart: local(-2),
        plannedEnd: local(1),
      },
      ...{ actualStart: null, actualEnd: null, distanceKm: null, record },
    },
  ],
  deliveryIds: ["sap:800:80"],
  ...over,
});
const aDelivery = () => ({
  ...base,
  ...{ id: "sap:800:80", number: "80", direction: "outbound", originSite: "1010", destinationSite: "1020" },
  ...{ shipToId: null, billOfLading: null, vehicleId: null, plannedIssueDay: null, plannedDeliveryDay: null },
  ...{ createdAt: null, pickedAt: null, issuedAt: null, provenAt: null },
  lines: [{ line: "10", orderId: "sap:800:5", orderLine: "10", record }],
});
const visit = (fenceId: string, entered: number, left: number | null): VisitTold => ({
  ...{ vehicleId: "T1", fenceId, enteredMs: NOW_MS + entered * HOUR_MS, leftMs: left && NOW_MS + left * HOUR_MS },
  record: { topic: "telematics.readings", partition: 0, offset: "5", timestampMs: NOW_MS },
  leftRecord: left === null ? null : { topic: "telematics.readings", partition: 0, offset: "9", timestampMs: NOW_MS },
});
/** T1 drives, half of the way there. */
const aChunk = () => ({
  ...{ partition: 0, epoch: "1", firstId: 0, newIds: ["T1"], count: 1, index: new Int32Array([0]) },
  ...{ timeMs: new Float64Array([NOW_MS]), seenMs: new Float64Array([NOW_MS]) },
  ...{ lngE7: new Int32Array([13e7]), latE7: new Int32Array([525e6]) },
  ...{ heading: new Uint8Array(1), speed: new Uint8Array([80]), motion: new Uint8Array(1) },
});
const list = async (query = "") => (await call(tripsRoute, `/api/v1/trips${query}`)).json;
const theTrip = async () => Trip.strict().parse((await call(tripRoute, "/api/v1/trips/shipment:sap:800:7")).json);

describe("trips over the API", () => {
  test("what was stored before the start is a trip with plan, actual, expected and the orders it carries", async () => {
    const trip = await theTrip();
    expect(trip).toMatchObject({ number: "7", state: "under_way", service: "on_time", orderIds: ["sap:800:5"] });
    expect(trip.stops.map(({ site, deliveryIds }) => [site, deliveryIds])).toEqual([
      ["1010", ["sap:800:80"]],
      ["1020", ["sap:800:80"]],
    ]);
    expect(trip.stops[0]).toMatchObject({ departedAt: new Date(NOW_MS - HOUR_MS).toISOString(), eta: null });
    expect(trip.stops[0]).toMatchObject({
      arrivalRecord: { topic: "telematics.readings", partition: 0, offset: "5" },
      departureRecord: { topic: "telematics.readings", partition: 0, offset: "9" },
    });
    expect(trip.remainingM! / 1000).toBeCloseTo(66.7, 0);
    expect(Date.parse(trip.stops[1]!.eta!.p50)).toBeGreaterThan(NOW_MS + 45 * 60_000);
  });

  test("the list is filtered by vehicle, state and site", async () => {
    for (const query of ["", "?vehicle=T1", "?state=under_way,planned", "?site=1020"]) {
      expect((await list(query)).items).toHaveLength(1);
    }
    for (const query of ["?vehicle=T2", "?state=completed", "?site=9"]) expect((await list(query)).items).toEqual([]);
    expect((await call(tripsRoute, "/api/v1/trips?state=gone")).status).toBe(400);
    expect((await call(tripRoute, "/api/v1/trips/shipment:none")).status).toBe(404);
    expect((await call(tripsRoute, "/api/v1/trips", { as: "nobody" })).status).toBe(401);
  });

  test("the vehicle's own answer names its trip, and the fleet is filtered by its service", async () => {
    const vehicle = Vehicle.strict().parse((await call(vehicleRoute, "/api/v1/vehicles/T1")).json);
    expect(vehicle).toMatchObject({ service: "on_time", trip: { number: "7", nextStop: { site: "1020" } } });
    expect((await call(vehicleRoute, "/api/v1/vehicles/T2")).json).toMatchObject({ service: "none", trip: null });
  });

  test("what is touched is read again, and an arrival that is told ends the trip within two seconds", async () => {
    await storeObject("shipment", "sap:800:7", aShipment({ carrier: "C2" }));
    trips.feed.touched({ objects: [{ kind: "shipment", id: "sap:800:7" }], stock: [], sites: [] });
    await expect.poll(async () => (await theTrip()).carrier, { timeout: 2_000 }).toBe("C2");
    trips.feed.visitsTold([visit("1020", 0.5, null)]);
    await expect.poll(async () => (await theTrip()).state, { timeout: 2_000 }).toBe("completed");
    expect((await call(vehicleRoute, "/api/v1/vehicles/T1")).json.trip).toBeNull();
  });

  test("the estimate that was kept is measured against the arrival", async () => {
    await trips.feed.stop(); // what waits is stored
    await db.etaSample.updateMany({ data: { madeAt: new Date(NOW_MS - 2 * HOUR_MS) } });
    const quality = EtaQuality.strict().parse((await call(qualityRoute, "/api/v1/trips/eta-quality")).json);
    expect(quality.overall).toMatchObject({ samples: 1 });
    expect(quality.horizons.map(({ hours, samples }) => [hours, samples])).toEqual([
      [1, 0],
      [4, 1],
      [12, 0],
      [48, 0],
    ]);
    expect(quality.overall.medianErrorMinutes).toBeGreaterThan(0);
    expect(await createEtaSampleStore(db).waiting(0)).toEqual([]);
  });
});
