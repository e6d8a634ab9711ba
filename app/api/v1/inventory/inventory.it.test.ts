import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { POST as demoSignIn } from "@/app/api/demo-sign-in/route.ts";
import type { Change } from "@/server/domain/change.ts";
import { createInventoryFeed, type InventoryFeed } from "@/server/live/inventory-feed.ts";
import { InventoryPicture } from "@/server/live/inventory-picture.ts";
import { createLogger } from "@/server/platform/logger.ts";
import { PROJECTIONS } from "@/server/projections/index.ts";
import { sapChange } from "@/server/projections/orders-testing.ts";
import { createBusinessObjectReader } from "@/server/store/business-object-reader.ts";
import { applyChanges } from "@/server/store/changes.ts";
import { createRowProjector } from "@/server/store/project-rows.ts";
import { createSiteReader } from "@/server/store/site-list.ts";
import { createStockReader } from "@/server/store/stock-reader.ts";
import { call, cookieOf } from "@/server/testing/call.ts";
import { type TestTower, testTower } from "@/server/testing/tower.ts";
import { GET as stock } from "../stock/route.ts";
import { GET as movements } from "./[id]/movements/route.ts";
import { GET as position } from "./[id]/route.ts";
import { GET as positions } from "./route.ts";
import { GET as siteStocks } from "./sites/route.ts";

/** Noon of a working day: what is posted "today" lies before it. */
const NOW = Date.parse("2026-08-19T12:00:00.000Z");
const MATERIAL = "000000000000104711";
const ID = `100:${MATERIAL}@1010`;
const silent = createLogger("test", "silent");

let tower: TestTower;
let feed: InventoryFeed;
let sequence = 0;

beforeAll(async () => {
  const picture = new InventoryPicture({ now: () => NOW, arrivalOf: () => null });
  tower = await testTower({ inventory: picture, now: () => NOW, env: { WHEELHOUSE_SIMULATOR: "on" } });
  const { database } = tower;
  const sources = {
    stock: createStockReader(database),
    objects: createBusinessObjectReader(database),
    sites: createSiteReader(database),
    now: () => NOW,
  };
  feed = createInventoryFeed({ picture, sources, logger: silent });
  await store(
    row("MARA", { MATNR: MATERIAL, MEINS: "EA" }),
    row("MAKT", { MATNR: MATERIAL, SPRAS: "E", MAKTX: "Pump, cast iron" }),
    row("MARC", { MATNR: MATERIAL, WERKS: "1010", EISBE: "100.000", MABST: "0.000" }),
    row("MARC", { MATNR: MATERIAL, WERKS: "1030", EISBE: "10.000" }),
    ...[3, 2, 1].map((daysAgo) => movement("601", "H", "100.000", { BUDAT: `2026081${9 - daysAgo}` })),
    movement("561", "S", "780.000", { BUDAT: "20260815" }),
  );
  expect((await call(positions, "/api/v1/inventory")).status).toBe(503);
  await feed.start();
  await vi.waitFor(async () => expect((await call(positions, "/api/v1/inventory")).status).toBe(200));
});
afterAll(async () => {
  await feed.stop();
  await tower.stop();
});

const projectRows = createRowProjector({ projections: PROJECTIONS, logger: silent });

/** As the changes lane does: stores the changes with what follows from them, then tells what was touched. */
async function store(...changes: Change[]): Promise<void> {
  const touched = await tower.database.$transaction(async (db) => {
    return projectRows(db, await applyChanges(db, changes));
  });
  feed.touched(touched);
}

const row = (entity: string, fields: Record<string, string>) => {
  sequence += 1;
  return sapChange(sequence, entity, "create", fields);
};

/** A line of a material document of its own: 1010, location 0001, unrestricted, today. */
function movement(type: string, sign: "S" | "H", quantity: string, more: Record<string, string> = {}): Change {
  const document = String(4_900_000_000 + sequence);
  return row("MATDOC", {
    ...{ RECORD_TYPE: "MDOC", MBLNR: document, MJAHR: "2026", ZEILE: "0001", BWART: type, SHKZG: sign },
    ...{ MATBF: MATERIAL, WERKS: "1010", LGORT_SID: "0001", LBBSA_SID: "01", MENGE: quantity, MEINS: "EA" },
    ...{ BUDAT: "20260819", CPUTM: "080000", ...more },
  });
}

const read = async (path = "") => (await call(positions, `/api/v1/inventory${path}`)).json;
const story = async () => (await call(position, `/api/v1/inventory/${ID}`)).json;

describe("one material", () => {
  test("is counted from its movements, with its master data, what usually goes and when it runs out", async () => {
    expect((await read("?site=1010")).items).toEqual([
      {
        ...{ id: ID, material: MATERIAL, materialDisplay: "104711", text: "Pump, cast iron", site: "1010", unit: "EA" },
        ...{ onHand: "480", reserved: "0", inTransit: "0", onOrder: "0", safetyStock: "100.000", inbound: null },
        ...{ coverDays: 6.4, health: "low_soon", belowSafetyDay: "2026-08-24", outDay: "2026-08-25" },
        projected: [405, 330, 255, 180, 105, 30, ...new Array(24).fill(0)],
        version: expect.any(Number),
      },
    ]);
  });

  test("is told by storage location to the letter of the published shape", async () => {
    const answer = await call(stock, `/api/v1/stock?material=104711&site=1010`);
    expect(answer.json).toEqual({
      items: [
        {
          ...{ material: MATERIAL, materialDisplay: "104711", site: "1010", storageLocation: "0001", unit: "EA" },
          ...{ unrestricted: "480.000", qualityInspection: "0", blocked: "0", inTransit: "0" },
          ...{ safetyStock: "100.000", health: "low_soon", basis: "movements", snapshotDiffers: null },
          record: expect.objectContaining({ topic: "sap.MATDOC" }),
        },
      ],
      nextCursor: null,
      asOf: "2026-08-19T12:00:00.000Z",
    });
  });

  test("has a ledger, newest first and page by page, with what was there after each movement", async () => {
    const path = `/api/v1/inventory/${ID}/movements`;
    const first = (await call(movements, `${path}?limit=3`)).json;
    const second = (await call(movements, `${path}?limit=3&cursor=${first.nextCursor}`)).json;
    const told = [...first.items, ...second.items].map(({ movementType, quantity, balance }) => ({
      movementType,
      quantity: Number(quantity),
      balance: Number(balance),
    }));
    expect(told).toEqual([
      { movementType: "601", quantity: -100, balance: 480 },
      { movementType: "601", quantity: -100, balance: 580 },
      { movementType: "601", quantity: -100, balance: 680 },
      { movementType: "561", quantity: 780, balance: 780 },
    ]);
    expect(second.nextCursor).toBeNull();
    const elsewhere = `/api/v1/inventory/100:${MATERIAL}@1030/movements?cursor=${first.nextCursor}`;
    expect((await call(movements, elsewhere)).status).toBe(400);
  });

  test("follows 101, 311, 261 and 601 as they come", async () => {
    await store(
      movement("101", "S", "50.000", { EBELN: "4500000001" }),
      movement("311", "H", "30.000"),
      movement("311", "S", "30.000", { LGORT_SID: "0002" }),
      movement("261", "H", "20.000"),
      movement("601", "H", "10.000", { VBELN_IM: "0080000001" }),
    );
    await vi.waitFor(async () => {
      expect((await story()).position.onHand).toBe("500");
    });
    const { locations, counted } = await story();
    expect(locations.map((each: Record<string, string>) => [each.storageLocation, Number(each.unrestricted)])).toEqual([
      ["0001", 470],
      ["0002", 30],
    ]);
    expect(counted.at(-1)).toEqual({ time: "2026-08-19T12:00:00.000Z", quantity: 500 });
    expect(counted.map(({ quantity }: { quantity: number }) => quantity)).toContain(680);
    const ledger = (await call(movements, `/api/v1/inventory/${ID}/movements`)).json.items;
    const of = (type: string) => ledger.find((each: { movementType: string }) => each.movementType === type);
    expect(of("601").reference).toEqual({ kind: "delivery", id: "sap:100:0080000001" });
    expect(of("101").reference).toEqual({ kind: "purchase_order", id: "sap:100:4500000001" });
  });

  test("is on order and reserved by what purchase orders and confirmed orders say, and its day moves with them", async () => {
    await store(
      row("EKKO", { EBELN: "4500000009", LIFNR: "20000", BSART: "NB", WAERS: "USD" }),
      row("EKPO", {
        EBELN: "4500000009",
        EBELP: "00010",
        MATNR: MATERIAL,
        WERKS: "1010",
        MENGE: "60.000",
        MEINS: "EA",
      }),
      row("EKET", {
        ...{ EBELN: "4500000009", EBELP: "00010", ETENR: "0001", EINDT: "20260822", MENGE: "60.000", WEMNG: "10.000" },
      }),
      row("VBAK", { VBELN: "0000012345", KUNNR: "0000001000", WAERK: "USD", NETWR: "900.00" }),
      row("VBAP", {
        ...{ VBELN: "0000012345", POSNR: "000010", MATNR: MATERIAL, WERKS: "1010", KWMENG: "900.000", VRKME: "EA" },
        ...{ NETWR: "900.00", WAERK: "USD" },
      }),
      row("VBEP", {
        ...{
          VBELN: "0000012345",
          POSNR: "000010",
          ETENR: "0001",
          EDATU: "20260821",
          WMENG: "900.000",
          BMENG: "900.000",
        },
      }),
    );
    await vi.waitFor(async () => {
      expect((await story()).position).toMatchObject({ reserved: "900", onOrder: "50", outDay: "2026-08-21" });
    });
    expect(await story()).toMatchObject({
      position: { inbound: { quantity: "50", day: "2026-08-22" } },
      reservations: [{ orderId: "sap:100:0000012345", quantity: "900", day: "2026-08-21" }],
      onOrder: [{ purchaseOrderId: "sap:100:4500000009", quantity: "50", day: "2026-08-22" }],
      ordersAtStake: { count: 1, amount: "900.00", currency: "USD" },
    });
  });

  test("says where MARD counts something else than the movements", async () => {
    await store(row("MARD", { MATNR: MATERIAL, WERKS: "1010", LGORT: "0001", LABST: "465.000" }));
    await vi.waitFor(async () => {
      expect((await story()).locations[0].snapshotDiffers).toMatchObject({
        unrestricted: "465.000",
        record: { topic: "sap.MARD" },
      });
    });
  });
});

describe("the lists", () => {
  test("know a planned material that nobody has counted, and put it behind those at risk", async () => {
    const { items, counts } = await read();
    expect(items.map(({ site, health }: Record<string, string>) => [site, health])).toEqual([
      ["1010", "low_soon"],
      ["1030", "unknown"],
    ]);
    expect(items[1]).toMatchObject({ onHand: null, coverDays: null, projected: [] });
    expect(counts).toEqual({ out: 0, below_safety: 0, low_soon: 1, unknown: 1, healthy: 0, overstock: 0 });
  });

  test("are filtered by health, site and words, counted for all healths, and go on where a page ended", async () => {
    expect((await read("?health=unknown")).items.map(({ site }: { site: string }) => site)).toEqual(["1030"]);
    expect((await read("?health=unknown")).counts.low_soon).toBe(1);
    expect((await read("?q=CAST")).items).toHaveLength(2);
    expect((await read("?q=valve")).items).toHaveLength(0);
    expect((await read("?material=104711&site=1030")).items).toHaveLength(1);
    const first = await read("?sort=site&limit=1");
    expect((await read(`?sort=site&limit=1&cursor=${first.nextCursor}`)).items[0].site).toBe("1030");
    expect((await call(positions, `/api/v1/inventory?sort=cover&cursor=${first.nextCursor}`)).status).toBe(400);
  });

  test("say how each site stands by its worst material", async () => {
    expect((await call(siteStocks, "/api/v1/inventory/sites")).json.items).toMatchObject([
      { site: "1010", health: "low_soon", counts: { low_soon: 1 } },
      { site: "1030", health: "unknown", counts: { unknown: 1 } },
    ]);
  });

  test.each(["?limit=0", "?sort=best", "?health=fine", "?colour=red", "?cursor=nonsense"])(
    "refuse %s",
    async (query) => {
      expect((await call(positions, `/api/v1/inventory${query}`)).status).toBe(400);
    },
  );
});

test("what is not known is not found, strangers are refused, and a planner may read", async () => {
  expect((await call(position, `/api/v1/inventory/100:${MATERIAL}@9999`)).status).toBe(404);
  expect((await call(movements, "/api/v1/inventory/nonsense/movements")).status).toBe(404);
  for (const [handler, path] of [
    [positions, "/api/v1/inventory"],
    [position, `/api/v1/inventory/${ID}`],
    [movements, `/api/v1/inventory/${ID}/movements`],
    [siteStocks, "/api/v1/inventory/sites"],
    [stock, "/api/v1/stock"],
  ] as const)
    expect((await call(handler, path, { as: "nobody" })).status, path).toBe(401);
  await tower.prepareDemoUsers();
  const signedIn = await call(demoSignIn, "/api/demo-sign-in", { as: "nobody", body: { role: "planner" } });
  const planner = { cookie: cookieOf(signedIn) };
  expect((await call(positions, "/api/v1/inventory", { as: planner })).status).toBe(200);
});

test("the room tells each change once, with a greater version", async () => {
  feed.room.flush();
  const before = (await story()).position.version;
  await store(movement("101", "S", "5.000"));
  await vi.waitFor(() => {
    const event = feed.room.flush();
    expect(event?.changed).toMatchObject([{ id: ID, onHand: "505" }]);
    expect(event!.changed[0]!.version).toBeGreaterThan(before);
  });
});
