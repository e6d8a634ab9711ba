import Big from "big.js";
import { expect, test } from "vitest";
import { sampleRows } from "../../connectors/sample-rows.ts";
import type { BusinessKind, BusinessObjects } from "../../domain/business-object.ts";
import type { SourceRow } from "../../domain/source-row.ts";
import { PROJECTIONS } from "../../projections/index.ts";
import { partOf, placeName, sumParts } from "../../projections/stock-levels.ts";
import { claimOf } from "../../projections/stock-movements.ts";
import type { OutgoingRecord } from "../outgoing.ts";
import { aWorld, HOUR_MS, SPARSE, START_MS, textOf } from "../testing.ts";
import { USUAL_TROUBLE } from "../trouble/settings.ts";
import { createWorld, type World } from "../world.ts";
import { EARLIER_TOPICS, EarlierBooks, MOVEMENTS_TOPIC } from "./earlier-books.ts";

const settings = aWorld({ vehicles: 60, intervalsMs: SPARSE, trouble: USUAL_TROUBLE });
const ENDED_MS = START_MS + 3 * HOUR_MS + 12_345;
const AGAIN_MS = ENDED_MS + 60_000;

/** A world that ended in the middle of everything, and another that began on the same log. */
const first = createWorld(settings);
const before = first.advanceTo(ENDED_MS);
const second = createWorld({ ...settings, startMs: AGAIN_MS });
let isClosed = false;
second.closeEarlier(booksOf(before), () => (isClosed = true));
const log = [...before, ...second.advanceTo(AGAIN_MS + HOUR_MS)];
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

test("what closes is counted in the truth, and a third world finds nothing of the first to close", () => {
  expect(isClosed).toBe(true);
  const outcomes = Object.values(second.truth.outcomes());
  const delivered = outcomes.reduce((sum, one) => sum + one.delivered, 0);
  expect(delivered).toBe(log.length - before.length);

  const documents = EARLIER_TOPICS.filter((topic) => topic !== MOVEMENTS_TOPIC);
  const keysOf = (records: readonly OutgoingRecord[]) =>
    records.filter(({ topic }) => documents.includes(topic)).map(({ topic, key }) => `${topic} ${key}`);
  const earlier = new Set(keysOf(before));
  const closedBySecond = keysOf(log.slice(before.length)).filter((name) => earlier.has(name));
  expect(closedBySecond.length).toBeGreaterThan(100);
  const third = createWorld({ ...settings, startMs: AGAIN_MS + 2 * HOUR_MS });
  third.closeEarlier(booksOf(log));
  const closedByThird = keysOf(third.advanceTo(AGAIN_MS + 3 * HOUR_MS)).filter((name) => earlier.has(name));
  expect(closedByThird).toEqual([]);
});

test("a world that is still closing is not done with it", () => {
  const world = createWorld({ ...settings, startMs: AGAIN_MS });
  let isDone = false;
  world.closeEarlier(booksOf(before), () => (isDone = true));
  world.advanceTo(AGAIN_MS + 100);
  expect(isDone).toBe(false);
});

test("documents that others made in the same tables are left alone", () => {
  const value = (table: string) => {
    const record = before.find(({ topic }) => topic === `sap.${table}`)!;
    return {
      ...record,
      value: record.value.replaceAll("WHBATCH", "MILLER").replace(/"VBELN":"\d+"/g, '"VBELN":"4711"'),
    };
  };
  const [alone, beside] = [createWorld(settings), createWorld(settings)];
  beside.closeEarlier(booksOf(["VBAK", "VBAP", "LIKP", "MATDOC"].map(value)));
  const untilMs = START_MS + 60_000;
  expect(textOf(beside.advanceTo(untilMs))).toBe(textOf(alone.advanceTo(untilMs)));
});
