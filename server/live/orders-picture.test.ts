import { beforeEach, expect, test } from "vitest";
import type { OrderSummary } from "../contracts/order.ts";
import {
  aCrmOrder,
  aDelivery,
  aFact,
  anOrder,
  aStop,
  aTrip,
  DELIVERY_ID,
  ORDER_ID,
  someParts,
} from "../domain/order/builders.ts";
import type { OrderParts, OrderTrip } from "../domain/order/order-parts.ts";
import type { FoundParts } from "../services/order/read-parts.ts";
import { ENDED_KEPT_MAX, OrdersPicture } from "./orders-picture.ts";

const START_MS = Date.parse("2026-08-27T12:00:00Z");
const HOUR_MS = 3_600_000;

let nowMs: number;
let trips: OrderTrip[];
let told: string[];
let picture: OrdersPicture;

beforeEach(() => {
  nowMs = START_MS;
  trips = [];
  told = [];
  const listener = {
    changed: ({ id, status, risk, version }: OrderSummary) =>
      told.push(`${id} ${status} ${risk} ${version - START_MS}`),
    gone: (id: string) => told.push(`${id} gone`),
  };
  picture = new OrdersPicture({ tripsOf: () => trips, now: () => nowMs, listener });
});

const found = (over: Partial<OrderParts> = {}, dependsOn: string[] = []): FoundParts => ({
  parts: someParts(over),
  dependsOn: new Set(dependsOn),
});
const onTheRoad = (eta: string): OrderTrip =>
  aTrip({
    stops: [
      aStop("load", { departedAt: "2026-08-27T10:00:00.000Z" }),
      aStop("unload", { eta: { p50: eta, p90: eta } }),
    ],
  });
const issued = aDelivery({ issuedAt: aFact("2026-08-27T10:00:00Z") });
const first = () => picture.find({}, { sort: "risk", after: null, limit: 10 }).items[0];

test("an order is told when it says something else, and each time with a greater version", () => {
  picture.set(ORDER_ID, found());
  picture.set(ORDER_ID, found());
  picture.set(ORDER_ID, found({ deliveries: [aDelivery()] }));
  picture.set(ORDER_ID, undefined);
  picture.set(ORDER_ID, undefined);
  expect(told).toEqual([`${ORDER_ID} confirmed on_plan 1`, `${ORDER_ID} picking on_plan 2`, `${ORDER_ID} gone`]);
});

test("a milestone that the list does not show is told too, for whoever has the order open", () => {
  picture.set(ORDER_ID, found({ crmOrders: [aCrmOrder()] }));
  picture.set(ORDER_ID, found({ crmOrders: [aCrmOrder({ activatedAt: aFact("2026-08-26T10:00:00Z") })] }));
  expect(told).toEqual([`${ORDER_ID} confirmed on_plan 1`, `${ORDER_ID} confirmed on_plan 2`]);
});

test("an order that became the one of the ERP leaves under its old id", () => {
  picture.set("salesforce:801A", found({ order: null, crmOrders: [aCrmOrder()] }));
  picture.set("salesforce:801A", { movedTo: ORDER_ID, dependsOn: new Set() });
  expect(told.at(-1)).toBe("salesforce:801A gone");
  expect(first()).toBeUndefined();
});

test("a truck's estimate reaches its orders without reading them, and is told when it has moved by minutes", () => {
  trips = [onTheRoad("2026-08-28T12:00:00.000Z")];
  picture.set(ORDER_ID, found({ deliveries: [issued], trips }, [`delivery:${DELIVERY_ID}`]));
  trips = [onTheRoad("2026-08-28T12:01:00.000Z")];
  picture.deliveriesMoved([DELIVERY_ID]);
  expect(told).toEqual([`${ORDER_ID} in_transit on_plan 1`]);
  trips = [onTheRoad("2026-08-29T06:00:00.000Z")];
  picture.deliveriesMoved([DELIVERY_ID, "sap:100:0080099999"]);
  expect(told.slice(1)).toEqual([`${ORDER_ID} in_transit will_miss 2`]);
  expect(first()).toMatchObject({ eta: "2026-08-29T06:00:00.000Z", reason: { code: "late_arrival", minutes: 60 } });
});

test("the hour alone makes an order miss its promise, and its wait is told in steps", () => {
  picture.set(ORDER_ID, found());
  nowMs = Date.parse("2026-08-28T05:30:00Z") + 24 * HOUR_MS;
  picture.judgeAll();
  nowMs += 60_000;
  picture.judgeAll();
  expect(told.slice(1)).toEqual([`${ORDER_ID} confirmed will_miss 2`]);
  nowMs += 5 * 60_000;
  picture.judgeAll();
  expect(first()).toMatchObject({ risk: "will_miss", reason: { code: "overdue", minutes: 36 }, version: START_MS + 3 });
});

test("what depends on an object is found by it as long as it does", () => {
  picture.set(ORDER_ID, found({}, ["customer:c", "delivery:a"]));
  expect(picture.dependentsOf("delivery:a")).toEqual([ORDER_ID]);
  picture.set(ORDER_ID, found({}, ["customer:c"]));
  expect([picture.dependentsOf("delivery:a"), picture.dependentsOf("customer:c")]).toEqual([[], [ORDER_ID]]);
  picture.set(ORDER_ID, undefined);
  expect(picture.dependentsOf("customer:c")).toEqual([]);
});

test("ended orders stay in the list up to a bound, the oldest leave first; a revived one stays", () => {
  const ended = (n: number) => found({ order: anOrder({ id: `sap:100:${n}`, isDeleted: true }) });
  for (let n = 0; n < ENDED_KEPT_MAX; n++) picture.set(`sap:100:${n}`, ended(n));
  picture.set("sap:100:0", found({ order: anOrder({ id: "sap:100:0" }) }));
  for (let n = ENDED_KEPT_MAX; n < ENDED_KEPT_MAX + 2; n++) picture.set(`sap:100:${n}`, ended(n));
  expect(told.filter((line) => line.endsWith("gone"))).toEqual(["sap:100:1 gone"]);
}, 30_000);
