import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Touched } from "../contracts/live-room.ts";
import { createLogger } from "../platform/logger.ts";
import { customer } from "../projections/customer.ts";
import { PROJECTIONS } from "../projections/index.ts";
import { sapChange } from "../projections/orders-testing.ts";
import type { Projection } from "../projections/projection.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { applyChanges } from "./changes.ts";
import { type Database, openDatabase } from "./client.ts";
import { createRefold } from "./project-again.ts";
import { createRowProjector } from "./project-rows.ts";

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
beforeEach(
  () => database.$executeRaw`
  truncate cdc_change, cdc_snapshot, business_link, business_object, search_term, stock_movement, stock_level, site,
    projection_refold`,
);

const logger = createLogger("test", "silent");
const now = createRowProjector({ projections: PROJECTIONS, logger });
/** A program that knew no purchase orders yet, and called every customer by its number. */
const nameless: Projection<"customer"> = {
  ...customer,
  fold: (id, rows) => {
    const found = customer.fold(id, rows);
    return found && { ...found, name: null };
  },
};
const before = createRowProjector({
  projections: PROJECTIONS.filter(({ kind }) => kind !== "purchase_order").map((each) =>
    each.kind === "customer" ? (nameless as Projection) : each,
  ),
  logger,
});

const MOVEMENT = {
  ...{ MBLNR: "4900000001", MJAHR: "2026", ZEILE: "0001", RECORD_TYPE: "MDOC", MATNR: "104711", WERKS: "1010" },
  ...{ LGORT_SID: "0001", LBBSA_SID: "01", SHKZG: "S", MENGE: "10.000", MEINS: "EA", BUDAT: "20260819" },
};
const CHANGES = [
  ...Array.from({ length: 7 }, (_, n) =>
    sapChange(n + 1, "EKPO", "create", { EBELN: "4500000001", EBELP: String((n + 1) * 10), MENGE: "10.000" }),
  ),
  sapChange(20, "EKKO", "create", { EBELN: "4500000001", LIFNR: "0000020000" }),
  sapChange(21, "KNA1", "create", { KUNNR: "0000001000", NAME1: "Acme Foods" }),
  sapChange(22, "VBAK", "create", { VBELN: "0000012345", KUNNR: "0000002000" }),
  sapChange(23, "MATDOC", "create", MOVEMENT),
  sapChange(24, "MARD", "create", { MATNR: "104711", WERKS: "1010", LGORT: "0001", LABST: "9.000" }),
];
const storeBy = (projectRows: typeof now) =>
  database.$transaction(async (db) => void (await projectRows(db, await applyChanges(db, CHANGES))));

/** All that is made of rows, without versions and times. */
const meaning = async () => ({
  objects: (await database.businessObject.findMany({ orderBy: [{ kind: "asc" }, { id: "asc" }] })).map(
    ({ kind, id, body, related, isClosed }) => ({ kind, id, body, related, isClosed }),
  ),
  links: await database.businessLink.findMany({ orderBy: [{ kind: "asc" }, { id: "asc" }, { key: "asc" }] }),
  terms: await database.searchTerm.findMany({ orderBy: [{ term: "asc" }, { kind: "asc" }, { id: "asc" }] }),
  levels: await database.stockLevel.findMany(),
  movements: await database.stockMovement.findMany(),
});

const refoldBy = (version: number, found: Touched[] = []) =>
  createRefold({ database, projectRows: now, version, rowsMax: 5, touched: (each) => void found.push(each) });

test("rows stored by an older program end as if this one had stored them, portion by portion", async () => {
  await storeBy(now);
  const wanted = await meaning();
  await database.$executeRaw`
    truncate cdc_change, cdc_snapshot, business_link, business_object, search_term, stock_movement, stock_level`;
  await storeBy(before);
  // A sum that was made otherwise.
  await database.stockLevel.updateMany({ data: { unrestricted: "1" } });
  expect((await meaning()).objects).not.toEqual(wanted.objects);

  const found: Touched[] = [];
  const next = refoldBy(2, found);
  expect(await next()).toEqual({ rows: 5, isDone: false });
  // Another process goes on where this one ended.
  expect(await refoldBy(2, found)()).toEqual({ rows: 10, isDone: false });
  expect(await next()).toEqual({ rows: 12, isDone: true });
  expect(await meaning()).toEqual(wanted);
  expect(found.flatMap(({ objects }) => objects)).toContainEqual({ kind: "customer", id: "sap:100:0000001000" });
});

test("what is done is not done again, and a further version begins anew", async () => {
  await storeBy(now);
  const wanted = await meaning();
  for (const rows of [5, 10, 12]) expect(await refoldBy(1)()).toMatchObject({ rows });
  expect(await refoldBy(1)()).toEqual({ rows: 12, isDone: true });
  expect(await refoldBy(2)()).toEqual({ rows: 5, isDone: false });
  expect(await meaning()).toEqual(wanted);
  expect(await database.businessObject.count({ where: { version: { gt: 1 } } })).toBe(0);
});

test("two processes never read the same portion, and one that fails moves nothing", async () => {
  await storeBy(before);
  const failing = createRefold({
    ...{ database, version: 1, rowsMax: 5, touched: () => {} },
    projectRows: async (...parameters) => {
      await now(...parameters);
      throw new Error("thrown away");
    },
  });
  await expect(failing()).rejects.toThrow("thrown away");
  expect(await database.businessLink.count({ where: { kind: "purchase_order" } })).toBe(0);
  const progress = await Promise.all([refoldBy(1)(), refoldBy(1)()]);
  const rows = progress.map((each) => each?.rows ?? null);
  expect([
    [5, null],
    [null, 5],
    [5, 10],
    [10, 5],
  ]).toContainEqual(rows);
});
