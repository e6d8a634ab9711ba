import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InventoryPicture } from "../live/inventory-picture.ts";
import { TripsPicture } from "../live/trips-picture.ts";
import { createLogger } from "../platform/logger.ts";
import { setTower } from "../services/tower.ts";
import { type Database, openDatabase } from "../store/client.ts";
import { wireOrders } from "../wire-orders.ts";
import { type WebDeps, wireWeb } from "../wire-web.ts";
import { testDatabase } from "./database.ts";
import { aVehicle, fleetOf } from "./fleet.ts";
import { aLane } from "./lane.ts";

export const TEST_KEY = "test-key-0123456789-0123456789-abcdef";
export const TEST_ORIGIN = "http://127.0.0.1:3999";
export const TEST_ADMIN = { email: "ann@example.com", password: "correct horse battery" };

type Given = Partial<Omit<WebDeps, "env">> & { env?: Partial<WebDeps["env"]> };

export type TestTower = ReturnType<typeof wireWeb> & {
  database: Database;
  dataDirectory: string;
  url: string;
  stop(): Promise<void>;
};

/**
 * The web side as `wire.ts` builds it, on a database of the suite's own and, where nothing else is given, with two
 * vehicles and one lane held in memory. It is set as the tower of this process.
 */
export async function testTower(given: Given = {}): Promise<TestTower> {
  const { url, drop } = await testDatabase();
  const database = given.database ?? openDatabase(url, 4);
  const logger = createLogger("test", "silent");
  const orders = wireOrders({ database, tripsOf: () => [], now: Date.now, logger });
  orders.picture.markComplete();
  const dataDirectory = mkdtempSync(join(tmpdir(), "wheelhouse-test-"));
  const web = wireWeb({
    ...defaults(),
    orders: orders.ports,
    ...given,
    database,
    env: { ...ENV, WHEELHOUSE_DATA_DIR: dataDirectory, ...given.env },
  });
  setTower(web.tower);
  const stop = async () => {
    setTower(undefined);
    await database.$disconnect();
    await drop();
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  return { ...web, database, url, dataDirectory, stop };
}

const ENV: Omit<WebDeps["env"], "WHEELHOUSE_DATA_DIR"> = {
  HOST: "127.0.0.1",
  NODE_ENV: "test",
  WHEELHOUSE_SECRET: "a secret of this test alone, 32 letters or more",
  WHEELHOUSE_API_KEY: TEST_KEY,
  WHEELHOUSE_ADMIN_EMAIL: TEST_ADMIN.email,
  WHEELHOUSE_ADMIN_PASSWORD: TEST_ADMIN.password,
  WHEELHOUSE_SIMULATOR: "off",
};

function defaults(): Omit<WebDeps, "env" | "database" | "orders"> {
  const vehicles = [aVehicle({ id: "T1" }), aVehicle({ id: "T2", position: null })];
  return {
    version: "0.0.0-test",
    ownUrl: TEST_ORIGIN,
    telemetry: {
      vehicles: async (ids) => vehicles.filter((vehicle) => ids.includes(vehicle.id)),
      track: async (_, fromMs, toMs, limit) =>
        TRACK.filter((point) => point.timeMs >= fromMs && point.timeMs <= toMs).slice(0, limit),
      readings: async () => [],
      fleetAt: async () => [],
      vehiclesAt: async () => [],
      series: async () => ({ coolantC: [{ timeMs: Date.now() - 1_000, value: 88 }] }),
    },
    fleet: fleetOf(vehicles.map((vehicle) => vehicle.id)),
    inventory: smallInventory(),
    trips: oneTrip(),
    lanes: () => [aLane()],
    broker: async () => ({ status: "ok", kind: "embedded", address: "127.0.0.1:9092" }),
    sockets: () => 3,
    logger: createLogger("test", "silent"),
  };
}

/** One trip that no vehicle of this tower is on. */
function oneTrip(): TripsPicture {
  const picture = new TripsPicture({ now: Date.now, vehicleNow: () => null, setService: () => {}, metres: () => 0 });
  const record = { topic: "sap.VTTK", partition: 0, offset: "1", timestampMs: Date.now() };
  const stage = { stage: "0001", sequence: 1, fromSite: "1010", toSite: "1020", distanceKm: null, record };
  const times = { plannedStart: null, plannedEnd: null, actualStart: null, actualEnd: null };
  picture.setShipment("sap:800:1", {
    ...{ id: "sap:800:1", isStub: false, isDeleted: false, isClosed: false, record },
    ...{ number: "1", vehicleId: "T9", carrier: null, plannedStart: null, plannedEnd: null, deliveryIds: [] },
    stages: [{ ...stage, ...times }],
  });
  picture.recompute(() => false);
  picture.markComplete();
  return picture;
}

/** Five of one material at one site, counted by one movement that no ledger has. */
function smallInventory(): InventoryPicture {
  const picture = new InventoryPicture({ now: Date.now, arrivalOf: () => null });
  const record = { topic: "sap.MATDOC", partition: 0, offset: "1", timestampMs: 0 };
  picture.setLevels("100:104711@1010", [
    {
      ...{ client: "100", material: "104711", site: "1010", storageLocation: "0001", unit: "EA" },
      quantities: { unrestricted: "5", qualityInspection: "0", blocked: "0", inTransit: "0" },
      ...{ snapshot: null, basis: "movements", lastMovementAtMs: 0, record },
    },
  ]);
  picture.recompute(() => false);
  picture.markComplete();
  return picture;
}

const TRACK = [3, 2, 1].map((minutes) => ({
  timeMs: Date.now() - minutes * 60_000,
  latitude: 41.5,
  longitude: -88,
  speedKmh: 80,
}));
