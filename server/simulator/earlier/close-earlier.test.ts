import Big from "big.js";
import { expect, test } from "vitest";
import { sampleRows } from "../../connectors/sample-rows.ts";
import type { BusinessKind, BusinessObjects } from "../../domain/business-object.ts";
import type { SourceRow } from "../../domain/source-row.ts";
import { PROJECTIONS } from "../../projections/index.ts";
import { partOf, placeName, sumParts } from "../../projections/stock-levels.ts";
import { claimOf } from "../../projections/stock-movements.ts";
import type { OutgoingRecord } from "../outgoing.ts";
import { aWorld, HOUR_MS, SPARSE, START_MS } from "../testing.ts";
import { USUAL_TROUBLE } from "../trouble/settings.ts";
import { createWorld, type World } from "../world.ts";
import { EarlierBooks } from "./earlier-books.ts";

const settings = aWorld({ vehicles: 60, intervalsMs: SPARSE, trouble: USUAL_TROUBLE });
const ENDED_MS = START_MS + 3 * HOUR_MS + 12_345;
const AGAIN_MS = ENDED_MS + 60_000;

/** A world that ended in the middle of everything, and another that began on the same log. */
const first = createWorld(settings);
const before = first.advanceTo(ENDED_MS);
const second = createWorld({ ...settings, startMs: AGAIN_MS, earlier: booksOf(before) });
const closing = second.advanceTo(AGAIN_MS - 1);
const log = [...before, ...closing, ...second.advanceTo(AGAIN_MS + HOUR_MS)];
const rows = sampleRows(log);

function booksOf(records: readonly OutgoingRecord[]): EarlierBooks {
  const books = new EarlierBooks();
  for (const record of records) books.take(record);
  return books;
}

function openOf<Kind extends BusinessKind>(kind: Kind, of = rows): string[] {
  const projection = PROJECTIONS.find((one) => one.kind === kind)!;
  const byId = new Map<string, SourceRow[]>();
  for (const row of of) {
    if (!projection.entities.includes(`${row.system}.${row.entity}`)) continue;
    for (const id of projection.linksOf(row)) byId.set(id, [...(byId.get(id) ?? []), row]);
  }
  const objects = [...byId].flatMap(([id, own]) => projection.fold(id, own) ?? []);
  return (objects as BusinessObjects[Kind][])
    .filter(({ isClosed, isStub }) => !isClosed && !isStub)
    .map(({ id }) => id);
}

const truths: readonly [BusinessKind, (world: World) => Iterable<{ id: string }>][] = [
  ["sales_order", ({ truth }) => truth.orders()],
  ["delivery", ({ truth }) => truth.deliveries()],
  ["shipment", ({ truth }) => truth.shipments()],
  ["purchase_order", ({ truth }) => truth.purchaseOrders()],
];

test.each(truths)("each %s that is open after a world began again is one of its own", (kind, told) => {
  const [earlier, own] = [first, second].map((world) => new Set([...told(world)].map(({ id }) => id)));
  expect(openOf(kind, sampleRows(before)).filter((id) => earlier!.has(id)).length).toBeGreaterThan(3);
  const open = openOf(kind);
  expect(open.filter((id) => !own!.has(id))).toEqual([]);
  expect(open.length).toBeGreaterThan(3);
});

test("each Salesforce order that is open is one of the new world too", () => {
  const own = new Set([...second.truth.orders()].map(({ crmId }) => crmId));
  const drafted = openOf("crm_order").filter((id) => !own.has(id));
  const earlier = new Set(openOf("crm_order", sampleRows(before)));
  expect(drafted.filter((id) => earlier.has(id))).toEqual([]);
});

test("every stock figure is what the new world tells, with nothing left in transit of the one before", () => {
  const movements = rows.flatMap((row) => claimOf(row)?.movement ?? []);
  const places = new Map<string, typeof movements>();
  for (const one of movements) places.set(placeName(one), [...(places.get(placeName(one)) ?? []), one]);
  const told = new Map(
    [...second.truth.stock()].map((stock) => [placeName({ client: "100", ...stock }), stock.quantities]),
  );
  expect(told.size).toBeGreaterThan(50);
  for (const [name, own] of places) {
    const { quantities } = sumParts(own[0]!, own.map(partOf))!;
    for (const [type, quantity] of Object.entries(quantities)) {
      const expected = told.get(name)?.[type as keyof typeof quantities] ?? "0";
      expect(new Big(quantity ?? "0").eq(expected), `${name} ${type}: ${quantity}, not ${expected}`).toBe(true);
    }
  }
});

test("what closes is counted in the truth, and nothing of it is open for a third world", () => {
  expect(closing.length).toBeGreaterThan(100);
  const outcomes = Object.values(second.truth.outcomes());
  const delivered = outcomes.reduce((sum, one) => sum + one.delivered, 0);
  expect(delivered).toBe(log.length - before.length);
  const third = createWorld({ ...settings, startMs: AGAIN_MS, earlier: booksOf([...before, ...closing]) });
  expect(third.advanceTo(AGAIN_MS - 1)).toEqual([]);
});

test("documents that others made in the same tables are left alone", () => {
  const value = (table: string) => {
    const record = before.find(({ topic }) => topic === `sap.${table}`)!;
    return {
      ...record,
      value: record.value.replaceAll("WHBATCH", "MILLER").replace(/"VBELN":"\d+"/g, '"VBELN":"4711"'),
    };
  };
  const theirs = createWorld({ ...settings, earlier: booksOf(["VBAK", "VBAP", "LIKP", "MATDOC"].map(value)) });
  expect(theirs.advanceTo(START_MS - 1)).toEqual([]);
});
