import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as inventory from "@/app/api/v1/inventory/route.ts";
import * as order from "@/app/api/v1/orders/[id]/route.ts";
import * as orders from "@/app/api/v1/orders/route.ts";
import * as storage from "@/app/api/v1/settings/storage/route.ts";
import * as stock from "@/app/api/v1/stock/route.ts";
import * as vehicle from "@/app/api/v1/vehicles/[id]/route.ts";
import * as vehicles from "@/app/api/v1/vehicles/route.ts";
import type { ChangeChunk } from "@/server/contracts/lane.ts";
import type { Change } from "@/server/domain/change.ts";
import { DAYS_DEFAULT } from "@/server/domain/retention.ts";
import { createLogger } from "@/server/platform/logger.ts";
import { PROJECTIONS } from "@/server/projections/index.ts";
import { COMMITTED_MS, sapChange } from "@/server/projections/orders-testing.ts";
import { applyChanges } from "@/server/store/changes.ts";
import { type Database, openDatabase } from "@/server/store/client.ts";
import { createRowProjector } from "@/server/store/project-rows.ts";
import { call } from "@/server/testing/call.ts";
import { type TestDatabase, testDatabase } from "@/server/testing/database.ts";
import { aVehicle } from "@/server/testing/fleet.ts";
import { type TestTower, testTower } from "@/server/testing/tower.ts";
import { wireInventory } from "@/server/wire-inventory.ts";
import { wireOrders } from "@/server/wire-orders.ts";

const logger = createLogger("test", "silent");
const projectRows = createRowProjector({ projections: PROJECTIONS, logger });
const NOW_MS = COMMITTED_MS + 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();
let own: TestDatabase;
let database: Database;
let tower: TestTower;
let moment = 0;

/** Two vehicles were known then, one of them long silent. */
const chunk: ChangeChunk = {
  ...{ partition: 0, epoch: "then", firstId: 0, newIds: ["T1", "T2"], count: 2, index: Int32Array.of(0, 1) },
  timeMs: Float64Array.of(NOW_MS - 60_000, NOW_MS - 3e6),
  seenMs: Float64Array.of(NOW_MS - 60_000, NOW_MS - 3e6),
  ...{ lngE7: Int32Array.of(-880_000_000, -870_000_000), latE7: Int32Array.of(415_000_000, 405_000_000) },
  ...{ heading: Uint8Array.of(0, 0), speed: Uint8Array.of(80, 0), motion: Uint8Array.of(0, 2) },
};

beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url, 4);
  tower = await testTower({
    ...{ database, now: () => NOW_MS },
    telemetry: {
      vehicles: async () => [],
      track: async () => [],
      readings: async () => [],
      series: async () => ({}),
      fleetAt: async () => [chunk],
      vehiclesAt: async (ids) =>
        ["T1", "T2"]
          .filter((id) => ids.includes(id))
          .map((id) => aVehicle({ id, seenMs: NOW_MS - (id === "T1" ? 60_000 : 3e6) })),
    },
  });
});
afterAll(async () => {
  await tower.stop();
  await own.drop();
});

const ROWS = [
  { entity: "VBAK", key: { VBELN: "0000012345" }, fields: { KUNNR: "1000", BSTNK: "4500", GBSTK: "A" } },
  { entity: "VBAK", key: { VBELN: "0000012345" }, fields: { GBSTK: "C" } },
  { entity: "VBAP", key: { VBELN: "0000012345", POSNR: "000010" }, fields: { MATNR: "104711", KWMENG: "10" } },
  { entity: "VBEP", key: { VBELN: "0000012345", POSNR: "000010", ETENR: "0001" }, fields: { BMENG: "10" } },
  { entity: "LIKP", key: { VBELN: "0080012345" }, fields: { WADAT_IST: "20260819", TRAID: "T1" } },
  { entity: "LIPS", key: { VBELN: "0080012345", POSNR: "000010" }, fields: { VGBEL: "0000012345", LFIMG: "10" } },
  { entity: "KNA1", key: { KUNNR: "1000" }, fields: { NAME1: "Ada" } },
  { entity: "MARC", key: { MATNR: "104711", WERKS: "1010" }, fields: { EISBE: "50" } },
  ...["0001", "0002"].map((ZEILE) => ({
    entity: "MATDOC",
    key: { MBLNR: "5000000001", MJAHR: "2026", ZEILE, RECORD_TYPE: "MDOC" },
    fields: {
      ...{ MATNR: "104711", WERKS: "1010", LGORT_SID: "0001", LBBSA_SID: "01", SHKZG: "S", MENGE: "7" },
      ...{ MEINS: "EA", BUDAT: "20260819", CPUTM: "080000", BWART: "101" },
    },
  })),
];
const logs = fc
  .array(fc.tuple(fc.nat(ROWS.length - 1), fc.constantFrom("create", "update", "delete") as fc.Arbitrary<"create">), {
    minLength: 1,
    maxLength: 20,
  })
  .map((picks) =>
    picks.map(([at, operation], n) => {
      const { entity, key, fields } = ROWS[at]!;
      return sapChange(n + 1, entity, operation, { ...key, ...fields } as Record<string, string>);
    }),
  );

async function storeAnew(changes: readonly Change[]): Promise<void> {
  await database.$executeRaw`
    truncate cdc_change, cdc_snapshot, business_link, business_object, search_term, stock_movement, stock_level, site`;
  for (const change of changes)
    await database.$transaction(async (db) => projectRows(db, await applyChanges(db, [change])));
}

/** What the pages of a tower show that has read these records and nothing else, at that moment. */
async function liveAnswers(atMs: number) {
  const live = wireOrders({ database, tripsOf: () => [], now: () => atMs, logger });
  const counted = wireInventory({ database, now: () => atMs, logger });
  await Promise.all([live.feed.start(), counted.feed.start()]);
  await expect.poll(() => live.picture.isComplete() && counted.picture.isComplete()).toBe(true);
  await Promise.all([live.feed.stop(), counted.feed.stop()]);
  const listed = live.picture.find({}, { sort: "number", after: null, limit: 100 });
  const read = await live.ports.read("sap:100:0000012345");
  return plain({
    orders: listed.items,
    order: read && "order" in read ? read.order : null,
    stock: counted.picture.levels({}, { afterId: null, limit: 100 }).map((level) => level.stock),
    positions: counted.picture.list({}, { sort: "material", after: null, limit: 100 }).items,
  });
}

async function pastAnswers(atMs: number) {
  const ask = async (get: Parameters<typeof call>[0], path: string) => {
    const { status, json } = await call(get, `${path}${path.includes("?") ? "&" : "?"}asOf=${iso(atMs)}`);
    return { status, json };
  };
  const single = await ask(order.GET, "/api/v1/orders/sap:100:0000012345");
  const lists = [
    await ask(orders.GET, "/api/v1/orders?sort=number"),
    await ask(stock.GET, "/api/v1/stock"),
    await ask(inventory.GET, "/api/v1/inventory?sort=material"),
  ];
  for (const { json } of lists) expect(json.asOf).toBe(iso(atMs));
  const [listed, levels, positions] = lists.map(({ json }) => json.items);
  return plain({
    ...{ orders: listed, stock: levels, positions },
    order: single.status === 404 ? null : single.json,
  });
}

/** Versions count what a process has told, and are none of the state. */
const plain = (value: object): unknown =>
  JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === "version" ? undefined : each)));

test("as of any moment, orders and stock are what a tower shows that read the records up to then", async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.nat(20), async (log, until) => {
      // Each run asks about a moment of its own: answers of a moment are kept for a while.
      moment += 1;
      const shifted = log.map((change) => ({ ...change, commitTimeMs: change.commitTimeMs + moment * 100 }));
      const atMs = COMMITTED_MS + moment * 100 + until;
      await storeAnew(shifted.filter(({ commitTimeMs }) => commitTimeMs <= atMs));
      const live = await liveAnswers(atMs);
      await storeAnew(shifted);
      expect(await pastAnswers(atMs)).toEqual(live);
    }),
    { numRuns: 8 },
  );
});

test("vehicles as of a moment: those that were known, and who was silent by then", async () => {
  const asOf = iso(NOW_MS - 5);
  const { json } = await call(vehicles.GET, `/api/v1/vehicles?asOf=${asOf}`);
  expect(json.asOf).toBe(asOf);
  expect(json.items.map(({ id, motion }: { id: string; motion: string }) => [id, motion])).toEqual([
    ["T1", "moving"],
    ["T2", "offline"],
  ]);
  const offline = await call(vehicles.GET, `/api/v1/vehicles?motion=offline&asOf=${asOf}`);
  expect(offline.json.items.map(({ id }: { id: string }) => id)).toEqual(["T2"]);
  expect((await call(vehicle.GET, `/api/v1/vehicles/T2?asOf=${asOf}`)).json.motion).toBe("offline");
  expect((await call(vehicle.GET, `/api/v1/vehicles/T9?asOf=${asOf}`)).status).toBe(404);
});

test("a moment that is not kept any more, or has not come, is refused by name, and follows the setting", async () => {
  const ask = async (days: number) => {
    const { status, json } = await call(stock.GET, `/api/v1/stock?asOf=${iso(NOW_MS - days * 86_400_000)}`);
    return [status, json.errors?.[0]?.path ?? null];
  };
  expect(await ask(DAYS_DEFAULT.changes + 2)).toEqual([422, "/asOf"]);
  expect(await ask(-1)).toEqual([422, "/asOf"]);
  expect(await ask(20)).toEqual([200, null]);

  const set = (version: number, changes: number) =>
    call(storage.PUT, "/api/v1/settings/storage", {
      body: { version, days: { ...DAYS_DEFAULT, changes } },
    });
  expect((await set(0, 6)).status).toBe(400);
  const { json } = await set(0, 10);
  const kinds = json.kinds as { kind: string; days: number | null; bytes: number }[];
  expect(kinds.find(({ kind }) => kind === "changes")).toMatchObject({ days: 10, daysMin: 7 });
  expect((await set(0, 20)).status).toBe(409);
  expect(await ask(20)).toEqual([422, "/asOf"]);
  const audit = await database.auditEntry.findMany({ where: { action: "setting.retention" } });
  expect(audit.map(({ before, after }) => [before, after])).toEqual([[DAYS_DEFAULT, { ...DAYS_DEFAULT, changes: 10 }]]);
});
