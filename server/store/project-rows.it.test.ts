import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Touched } from "../contracts/live-room.ts";
import type { BusinessKind } from "../domain/business-object.ts";
import type { Change } from "../domain/change.ts";
import { createLogger } from "../platform/logger.ts";
import { PROJECTIONS } from "../projections/index.ts";
import { projectChunks, sapChange } from "../projections/orders-testing.ts";
import { inPortions, movementChanges, plainly, plainStock, rowsAfter } from "../projections/stock-testing.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createBusinessObjectReader } from "./business-object-reader.ts";
import { applyChanges } from "./changes.ts";
import { type Database, type Db, openDatabase } from "./client.ts";
import { createRowProjector } from "./project-rows.ts";
import { createSearchReader } from "./search-reader.ts";
import { readStoredLevels } from "./stock-levels.ts";
import { readMovements } from "./stock-movements.ts";
import { createStockReader } from "./stock-reader.ts";

const projectRows = createRowProjector({ projections: PROJECTIONS, logger: createLogger("test", "silent") });
let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url, 6);
});
afterAll(async () => {
  await database.$disconnect();
  await own.drop();
});
const empty = () => database.$executeRaw`
  truncate cdc_change, cdc_snapshot, business_link, business_object, search_term, stock_movement, stock_level, site`;
beforeEach(empty);

const store = (changes: readonly Change[], after: (db: Db) => Promise<void> = async () => {}): Promise<Touched> =>
  database.$transaction(async (db) => {
    const touched = await projectRows(db, await applyChanges(db, changes));
    await after(db);
    return touched;
  });

const ORDER = { EBELN: "4500000001" };
const header = (n: number, fields: Record<string, string> = {}) =>
  sapChange(n, "EKKO", "create", { ...ORDER, LIFNR: "0000020000", WAERS: "USD", AEDAT: "20260801", ...fields });
const item = (n: number, EBELP: string, fields: Record<string, string> = {}) =>
  sapChange(n, "EKPO", "create", {
    ...ORDER,
    EBELP,
    MATNR: "104711",
    WERKS: "1010",
    MENGE: "10.000",
    MEINS: "EA",
    ...fields,
  });
const objectOf = <Kind extends BusinessKind>(kind: Kind, id: string) =>
  createBusinessObjectReader(database)
    .get(kind, [id])
    .then(([found]) => found ?? null);

/** What is stored, without versions and times. */
async function stored() {
  const found = await database.businessObject.findMany({ orderBy: [{ kind: "asc" }, { id: "asc" }] });
  return new Map(found.map(({ kind, id, body }) => [`${kind}:${id}`, body]));
}
async function storedStock() {
  const ids = (await database.stockMovement.findMany({ select: { id: true } })).map(({ id }) => id);
  const places = await database.stockLevel.findMany();
  const levels = await readStoredLevels(database, places);
  return {
    ledger: await readMovements(database, ids),
    levels: new Map([...levels].flatMap(([name, { sum }]): [string, object][] => (sum ? [[name, plainly(sum)]] : []))),
  };
}
const asJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each: unknown) => (each instanceof Map ? [...each].sort() : each)));

test("a purchase order is made of its rows as they come, and the names of what it needs are known before", async () => {
  const first = await store([item(1, "00010")]);
  expect(first.objects).toEqual([{ kind: "purchase_order", id: "sap:100:4500000001" }]);
  expect(first.sites).toEqual(["1010"]);
  expect(await objectOf("purchase_order", "sap:100:4500000001")).toMatchObject({
    isStub: true,
    lines: [{ line: "00010", ordered: "10.000", price: null }],
  });
  await store([header(2)]);
  expect(await objectOf("purchase_order", "sap:100:4500000001")).toMatchObject({ isStub: false, supplier: "20000" });
  const again = await store([header(2), item(1, "00010")]);
  expect(again).toEqual({ objects: [], stock: [], sites: [] });
  const order = await database.businessObject.findFirst({ where: { kind: "purchase_order" } });
  expect(order?.version).toBe(2n);
  expect(await database.site.findMany()).toMatchObject([{ id: "1010", kind: "plant", name: "1010", latitude: null }]);
});

test("header and items of one order, stored at the same time by two, lose nothing", async () => {
  for (let round = 0; round < 15; round++) {
    await empty();
    const lines = Array.from({ length: 8 }, (_, n) => item(n + 10, String((n + 1) * 10).padStart(5, "0")));
    await Promise.all([
      store([header(1)]),
      store(lines.slice(0, 4)),
      store(lines.slice(4)),
      store([
        sapChange(2, "EKET", "create", { ...ORDER, EBELP: "00010", ETENR: "0001", MENGE: "10.000", WEMNG: "4.000" }),
      ]),
    ]);
    const order = await objectOf("purchase_order", "sap:100:4500000001");
    expect(order).toMatchObject({ isStub: false, supplier: "20000" });
    expect(order?.lines.map(({ line }) => line)).toEqual(lines.map(({ fields }) => fields.EBELP));
    expect(order?.lines[0]?.received).toBe("4");
  }
});

test("goods issue stays at the change that brought it, whatever whole rows come after and in whatever order", async () => {
  const issued = { VBELN: "0080012345", ERDAT: "20260801", WADAT_IST: "20260819" };
  const changes = [
    sapChange(1, "LIKP", "create", { ...issued, WADAT_IST: "00000000" }),
    sapChange(2, "LIKP", "update", issued),
    sapChange(3, "LIKP", "update", { ...issued, BOLNR: "BOL1" }),
    sapChange(4, "LIKP", "update", { ...issued, PODAT: "20260820" }),
  ];
  for (const order of [changes, [...changes].reverse()]) {
    await empty();
    for (const change of order) await store([change]);
    expect(await objectOf("delivery", "sap:100:0080012345")).toMatchObject({
      createdAt: { record: { offset: "1" } },
      issuedAt: { day: "2026-08-19", record: { offset: "2" } },
      provenAt: { record: { offset: "4" } },
    });
  }
});

test("movements of one place, stored at the same time by many, all count once", async () => {
  const issue = (n: number) =>
    sapChange(n, "MATDOC", "create", {
      ...{
        MBLNR: String(4_900_000_000 + n),
        MJAHR: "2026",
        ZEILE: "0001",
        RECORD_TYPE: "MDOC",
        MATNR: "104711",
        WERKS: "1010",
      },
      ...{
        LGORT_SID: "0001",
        LBBSA_SID: "01",
        SHKZG: "S",
        MENGE: "1.500",
        MEINS: "EA",
        BUDAT: "20260819",
        CPUTM: "143001",
      },
    });
  const changes = Array.from({ length: 60 }, (_, n) => issue(n + 1));
  const chunks = Array.from({ length: 12 }, (_, n) => changes.slice(n * 5, n * 5 + 5));
  await Promise.all(chunks.map((chunk) => store(chunk)));
  const [level] = await createStockReader(database).levels({ after: null, limit: 10 });
  expect(level?.quantities).toEqual({ unrestricted: "90.000", qualityInspection: "0", blocked: "0", inTransit: "0" });
});

test("in any order, with repeats, in any portions and after a transaction thrown away, all ends as the rows mean", async () => {
  await fc.assert(
    fc.asyncProperty(
      movementChanges
        .map((changes) => [...changes, ...orderChanges(changes.length)])
        .chain((changes) => fc.tuple(fc.constant(changes), inPortions(changes), fc.nat())),
      async ([changes, chunks, thrown]) => {
        await empty();
        for (const [at, chunk] of chunks.entries()) {
          const lost = store(chunk, async () => {
            if (at === thrown % chunks.length) throw new Error("thrown away");
          });
          await lost.catch(() => store(chunk));
        }
        const plain = plainStock(rowsAfter(changes));
        expect(asJson(await storedStock())).toEqual(asJson({ ledger: plain.ledger, levels: plain.levels }));
        expect(asJson(await stored())).toEqual(asJson(projectChunks(PROJECTIONS, [changes])));
      },
    ),
    { numRuns: 12 },
  );
});

/** Master data and an order that changes, after the movements in the source's order. */
function orderChanges(from: number): Change[] {
  const rows: [string, "create" | "update" | "delete", Record<string, string>][] = [
    ["MARA", "create", { MATNR: "104711", MEINS: "EA", MATKL: "PACK" }],
    ["MAKT", "create", { MATNR: "104711", SPRAS: "E", MAKTX: "Pallet wrap 500 mm" }],
    ["MARC", "create", { MATNR: "104711", WERKS: "1010", EISBE: "12.000" }],
    ["EKKO", "create", { ...ORDER, LIFNR: "0000020000", AEDAT: "20260801" }],
    ["EKPO", "create", { ...ORDER, EBELP: "00010", MATNR: "104711", MENGE: "10.000" }],
    ["EKET", "create", { ...ORDER, EBELP: "00010", ETENR: "0001", MENGE: "10.000" }],
    ["EKET", "update", { ...ORDER, EBELP: "00010", ETENR: "0001", WEMNG: "10.000" }],
    ["MAKT", "delete", { MATNR: "104711", SPRAS: "E" }],
    ["VBAK", "create", { VBELN: "0000012345", KUNNR: "0000001000" }],
    ["VBAK", "update", { VBELN: "0000012345", KUNNR: "0000002000" }],
    ["KNA1", "create", { KUNNR: "0000002000", NAME1: "Acme Foods" }],
  ];
  return rows.map(([entity, operation, fields], n) => sapChange(from + n + 1, entity, operation, fields));
}

test("a customer is a stub for as long as orders alone name it, and gone when none does any more", async () => {
  const order = (n: number, KUNNR: string) => sapChange(n, "VBAK", "update", { VBELN: "0000012345", KUNNR });
  await store([order(1, "0000001000")]);
  expect(await objectOf("customer", "sap:100:0000001000")).toMatchObject({ isStub: true, number: "1000" });
  await store([order(2, "0000002000")]);
  expect(await objectOf("customer", "sap:100:0000001000")).toBeNull();
  await store([sapChange(3, "KNA1", "create", { KUNNR: "0000002000", NAME1: "Acme Foods" })]);
  expect(await objectOf("customer", "sap:100:0000002000")).toMatchObject({ isStub: false, name: "Acme Foods" });
  const named = await createBusinessObjectReader(database).relatedTo("sales_order", [
    { kind: "customer", id: "sap:100:0000002000" },
  ]);
  expect(named.map(({ id }) => id)).toEqual(["sap:100:0000012345"]);
});

test("an object is found by how its number or any word of its name begins", async () => {
  await store([
    sapChange(1, "KNA1", "create", { KUNNR: "0000002000", NAME1: "Acme 50% Foods", ORT01: "Joliet" }),
    sapChange(2, "KNA1", "create", { KUNNR: "0000002001", NAME1: "Foodstuff" }),
  ]);
  const find = (prefix: string) =>
    createSearchReader(database).find(prefix, { kinds: ["customer", "material"], limit: 5 });
  expect(await find("FOOD")).toMatchObject([{ id: "sap:100:0000002000" }, { id: "sap:100:0000002001" }]);
  expect(await find("200")).toHaveLength(2);
  expect(await find("50%")).toEqual([
    { kind: "customer", id: "sap:100:0000002000", title: "2000 · Acme 50% Foods · Joliet" },
  ]);
  expect(await find("%")).toEqual([]);
  await store([sapChange(3, "KNA1", "update", { KUNNR: "0000002001", NAME1: "Bakery" })]);
  expect(await find("foods")).toHaveLength(1);
  expect(await find("bak")).toHaveLength(1);
});

test("levels come by whole positions, and MARD is the figure where no movement is known", async () => {
  const figure = (n: number, MATNR: string, LGORT: string, LABST: string) =>
    sapChange(n, "MARD", "create", { MATNR, WERKS: "1010", LGORT, LABST });
  await store([
    sapChange(1, "MARA", "create", { MATNR: "A-1", MEINS: "ROL" }),
    ...[figure(2, "A-1", "0001", "5.000"), figure(3, "A-1", "0002", "7.000"), figure(4, "B-1", "0001", "9.000")],
  ]);
  const reader = createStockReader(database);
  const first = await reader.levels({ after: null, limit: 1 });
  expect(
    first.map(({ storageLocation, unit, basis, quantities }) => [
      storageLocation,
      unit,
      basis,
      quantities.unrestricted,
    ]),
  ).toEqual([
    ["0001", "ROL", "snapshot", "5.000"],
    ["0002", "ROL", "snapshot", "7.000"],
  ]);
  const rest = await reader.levels({ after: first.at(-1)!, limit: 1 });
  expect(rest.map(({ material }) => material)).toEqual(["B-1"]);
  expect(await reader.levels({ after: rest[0]!, limit: 1 })).toEqual([]);
  expect(await reader.levelsOf([{ client: "100", material: "A-1", site: "1010" }])).toEqual(first);
  const touched = await store([sapChange(5, "MARD", "delete", { MATNR: "B-1", WERKS: "1010", LGORT: "0001" })]);
  expect(touched.stock).toEqual(["100:B-1@1010"]);
  expect(await database.stockLevel.count()).toBe(2);
});

test("the ledger is told newest first with its running balance, and what went out by day", async () => {
  const line = (n: number, BUDAT: string, SHKZG: string, MENGE: string, BWART: string, type = "01") =>
    sapChange(n, "MATDOC", "create", {
      ...{
        MBLNR: String(4_900_000_000 + n),
        MJAHR: "2026",
        ZEILE: "0001",
        RECORD_TYPE: "MDOC",
        MATNR: "A-1",
        WERKS: "1010",
      },
      ...{ LGORT_SID: "0001", LBBSA_SID: type, SHKZG, MENGE, MEINS: "EA", BUDAT, CPUTM: "120000", BWART },
    });
  await store([
    line(1, "20260817", "S", "100", "101"),
    line(2, "20260818", "H", "30", "601"),
    line(3, "20260818", "S", "5", "602"),
    line(4, "20260819", "S", "8", "101", "02"),
    line(5, "20260819", "H", "10.5", "261"),
  ]);
  const reader = createStockReader(database);
  const position = { client: "100", material: "A-1", site: "1010" };
  const all = await reader.movements(position, { before: null, limit: 10 });
  expect(all.map(({ quantity, balance }) => [quantity, balance])).toEqual([
    ["-10.5", "64.5"],
    ["8", "75"],
    ["5", "75"],
    ["-30", "70"],
    ["100", "100"],
  ]);
  const page = await reader.movements(position, { before: all[1]!, limit: 2 });
  expect(page).toEqual(all.slice(2, 4));
  const recent = await reader.movements(position, {
    before: null,
    limit: 10,
    sinceMs: Date.parse("2026-08-19T00:00:00Z"),
  });
  expect(recent).toEqual(all.slice(0, 2));
  const nowMs = Date.parse("2026-08-19T18:00:00Z");
  const issued = { movementTypes: ["601", "602", "261"], days: 2, nowMs, positions: [position] };
  expect(await reader.issued(issued)).toEqual([
    { ...position, daysAgo: 0, quantity: "10.5" },
    { ...position, daysAgo: 1, quantity: "25" },
  ]);
  expect(await reader.firstMovements()).toEqual([{ ...position, atMs: Date.parse("2026-08-17T12:00:00Z") }]);
});
