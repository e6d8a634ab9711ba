import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BusinessKind } from "../domain/business-object.ts";
import type { Change, Operation } from "../domain/change.ts";
import { STOCK_TYPES } from "../domain/stock.ts";
import { CONSUMPTION_MOVEMENT_TYPES } from "../domain/stock-projection/movement-types.ts";
import { createLogger } from "../platform/logger.ts";
import { PROJECTIONS } from "../projections/index.ts";
import { COMMITTED_MS, salesforceChange, sapChange } from "../projections/orders-testing.ts";
import { createProjector, refName } from "../projections/projector.ts";
import { movementChanges } from "../projections/stock-testing.ts";
import type { BusinessObjectReader } from "../services/business/port.ts";
import type { StockReader } from "../services/stock/port.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createPastObjects } from "./as-of-objects.ts";
import { rowsChangedAfter } from "./as-of-rows.ts";
import { readPastStock } from "./as-of-stock.ts";
import { createPastStockReader } from "./as-of-stock-reader.ts";
import { createBusinessObjectReader } from "./business-object-reader.ts";
import { applyChanges } from "./changes.ts";
import { type Database, openDatabase } from "./client.ts";
import { createRowProjector } from "./project-rows.ts";
import { createStockReader } from "./stock-reader.ts";

const projectRows = createRowProjector({ projections: PROJECTIONS, logger: createLogger("test", "silent") });
const projector = createProjector(PROJECTIONS);
let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url, 4);
});
afterAll(async () => {
  await database.$disconnect();
  await own.drop();
});

async function storeAnew(portions: readonly (readonly Change[])[]): Promise<void> {
  await database.$executeRaw`
    truncate cdc_change, cdc_snapshot, business_link, business_object, search_term, stock_movement, stock_level, site`;
  for (const changes of portions)
    await database.$transaction(async (db) => projectRows(db, await applyChanges(db, changes)));
}

/** The rows of a few orders, what they are made of, and who they are for. */
const ROWS: readonly { entity: string; key: Record<string, string>; fields: Record<string, string[]> }[] = [
  {
    entity: "VBAK",
    key: { VBELN: "0000012345" },
    fields: {
      KUNNR: ["1000", "2000"],
      BSTNK: ["4500", "4501"],
      ERDAT: ["20260801"],
      GBSTK: ["A", "C"],
      LIFSK: ["", "01"],
    },
  },
  {
    entity: "VBAP",
    key: { VBELN: "0000012345", POSNR: "000010" },
    fields: { MATNR: ["104711"], WERKS: ["1010", "2020"], KWMENG: ["10", "20"], VRKME: ["EA"], NETWR: ["100.00"] },
  },
  {
    entity: "VBEP",
    key: { VBELN: "0000012345", POSNR: "000010", ETENR: "0001" },
    fields: { BMENG: ["0", "10"], EDATU: ["20260820", "20260822"] },
  },
  {
    entity: "LIKP",
    key: { VBELN: "0080012345" },
    fields: { WADAT_IST: ["00000000", "20260819"], TRAID: ["T1", "T2"], LFART: ["LF"], KOSTK: ["A", "C"] },
  },
  {
    entity: "LIPS",
    key: { VBELN: "0080012345", POSNR: "000010" },
    fields: { VGBEL: ["0000012345", "0000099999", ""], VGPOS: ["000010"], LFIMG: ["10", "5"], MATNR: ["104711"] },
  },
  { entity: "VTTK", key: { TKNUM: "0000000001" }, fields: { SIGNI: ["T1", "T2"], DPTBG: ["20260819"] } },
  { entity: "VTTP", key: { TKNUM: "0000000001", TPNUM: "0001" }, fields: { VBELN: ["0080012345", "0080099999"] } },
  { entity: "KNA1", key: { KUNNR: "1000" }, fields: { NAME1: ["Ada", "Bea"] } },
  {
    entity: "EKPO",
    key: { EBELN: "4500000001", EBELP: "00010" },
    fields: { MATNR: ["104711"], WERKS: ["1010"], MENGE: ["10", "30"], MEINS: ["EA"] },
  },
  { entity: "MARC", key: { MATNR: "104711", WERKS: "1010" }, fields: { EISBE: ["5", "50"] } },
];

const anSapChange = fc.constantFrom(...ROWS).chain(({ entity, key, fields }) =>
  fc
    .record({
      operation: fc.constantFrom<Operation>("create", "update", "update", "delete"),
      chosen: fc.record(
        Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, fc.constantFrom(...values)])),
        { requiredKeys: [] },
      ),
    })
    .map(
      ({ operation, chosen }) =>
        (n: number) =>
          sapChange(n, entity, operation, { ...key, ...(chosen as Record<string, string>) }),
    ),
);
const aSalesforceChange = fc
  .record({
    operation: fc.constantFrom<Operation>("create", "update", "delete"),
    fields: fc.record(
      { PoNumber: fc.constantFrom("4500", "4501"), Status: fc.constantFrom("Draft", "Activated") },
      { requiredKeys: [] },
    ),
  })
  .map(
    ({ operation, fields }) =>
      (n: number) =>
        salesforceChange(n, "Order", operation, "801A", fields),
  );
const orderChanges = fc
  .array(fc.oneof({ weight: 6, arbitrary: anSapChange }, { weight: 1, arbitrary: aSalesforceChange }), {
    minLength: 1,
    maxLength: 24,
  })
  .map((makers) => makers.map((make, index) => make(index + 1)));

/** What is known after the changes up to a moment, and the whole log in another order and in portions. */
const anyHistory = (changes: fc.Arbitrary<Change[]>) =>
  changes.chain((log) =>
    fc.record({
      log: fc.constant(log),
      until: fc.integer({ min: 0, max: log.length }),
      arrivals: fc.shuffledSubarray(log, { minLength: log.length, maxLength: log.length }),
      portion: fc.integer({ min: 1, max: 9 }),
    }),
  );

function portionsOf(changes: readonly Change[], size: number): Change[][] {
  return Array.from({ length: Math.ceil(changes.length / size) }, (_, index) =>
    changes.slice(index * size, (index + 1) * size),
  );
}

const KINDS = PROJECTIONS.map(({ kind }) => kind);
const idsOf = async () => {
  const stored = await database.businessObject.findMany({ select: { kind: true, id: true } });
  return stored as { kind: BusinessKind; id: string }[];
};

/** Everything a reader tells about these objects, by kind. */
async function allOf(reader: BusinessObjectReader, refs: readonly { kind: BusinessKind; id: string }[]) {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  const told: Record<string, unknown> = {};
  for (const kind of KINDS) {
    const ids = [...new Set(refs.filter((ref) => ref.kind === kind).map(({ id }) => id))];
    const open = await reader.openOf(kind, { afterId: null, limit: 1000 });
    told[kind] = {
      all: (await reader.get(kind, ids)).sort(byId),
      open: open.map(({ id }) => id).sort(),
      related: (await reader.relatedTo(kind, refs)).map(({ id }) => id).sort(),
    };
  }
  return JSON.parse(JSON.stringify(told)) as unknown;
}

test("as of any moment, business objects are what the changes up to then make of them", async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory(orderChanges), async ({ log, until, arrivals, portion }) => {
      const atMs = COMMITTED_MS + until;
      await storeAnew([log.filter(({ commitTimeMs }) => commitTimeMs <= atMs)]);
      const known = await idsOf();
      const then = await allOf(createBusinessObjectReader(database), known);
      await storeAnew(portionsOf(arrivals, portion));
      const changed = await rowsChangedAfter(database, atMs, 1000);
      const past = await createPastObjects(database, { projector, changed, atMs });
      expect(await allOf(past, known)).toEqual(then);
      const unknown = (await idsOf()).filter((ref) => !known.some((each) => refName(each) === refName(ref)));
      for (const { kind, id } of unknown) expect(await past.get(kind, [id])).toEqual([]);
    }),
    { numRuns: 12 },
  );
});

const positions = ["000000000000104711", "PUMP-1"].flatMap((material) =>
  ["1010", "2020"].map((site) => ({ client: "100", material, site })),
);
const asked = {
  movementTypes: CONSUMPTION_MOVEMENT_TYPES,
  days: 28,
  nowMs: Date.parse("2026-08-19T18:00:00Z"),
};

async function allStock(reader: StockReader) {
  const movements = [];
  for (const position of positions) movements.push(await reader.movements(position, { before: null, limit: 100 }));
  const sums = (await reader.issued(asked)).filter(({ quantity }) => Number(quantity) !== 0);
  const text = (value: unknown) => JSON.stringify(value);
  return {
    levels: (await reader.levels({ after: null, limit: 1000 })).map((level) => ({
      ...level,
      quantities: STOCK_TYPES.map((type) => Number(level.quantities[type])),
      snapshot: level.snapshot?.record ?? null,
    })),
    some: (await reader.levelsOf(positions.slice(0, 2))).map(({ record }) => record),
    movements: movements.map((list) => list.map((each) => ({ ...each, balance: Number(each.balance) }))),
    issued: sums
      .map((each) => ({ ...each, quantity: Number(each.quantity) }))
      .sort((a, b) => (text(a) < text(b) ? -1 : 1)),
    first: (await reader.firstMovements()).sort((a, b) => (text(a) < text(b) ? -1 : 1)),
  };
}

const snapshotChange = fc
  .record({
    operation: fc.constantFrom<Operation>("create", "update", "delete"),
    WERKS: fc.constantFrom("1010", "2020"),
    LABST: fc.constantFrom("7", "12.500"),
  })
  .map(
    ({ operation, WERKS, LABST }) =>
      (n: number) =>
        sapChange(n, "MARD", operation, { MATNR: "104711", WERKS, LGORT: "0001", LABST }),
  );
const stockChanges = fc
  .tuple(movementChanges, fc.array(snapshotChange, { maxLength: 4 }))
  .map(([movements, snapshots]) => [...movements, ...snapshots.map((make, n) => make(movements.length + n + 1))]);

test("as of any moment, the ledger and its sums are what the changes up to then make of them", async () => {
  await fc.assert(
    fc.asyncProperty(anyHistory(stockChanges), async ({ log, until, arrivals, portion }) => {
      const atMs = COMMITTED_MS + until;
      await storeAnew([log.filter(({ commitTimeMs }) => commitTimeMs <= atMs)]);
      const then = await allStock(createStockReader(database));
      await storeAnew(portionsOf(arrivals, portion));
      const changed = await rowsChangedAfter(database, atMs, 1000);
      const past = await readPastStock(database, { changed, atMs });
      const objects = await createPastObjects(database, { projector, changed, atMs });
      expect(await allStock(createPastStockReader(database, past, objects))).toEqual(then);
    }),
    { numRuns: 12, endOnFailure: true },
  );
});
