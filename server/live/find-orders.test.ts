import { expect, test } from "vitest";
import type { OrderSummary } from "../contracts/order.ts";
import type { OrderFilter, OrderPlace, OrderSort } from "../services/order/port.ts";
import { findOrders } from "./find-orders.ts";

const NOW_MS = Date.parse("2026-08-27T12:00:00Z");

const anOrder = (id: string, over: Partial<OrderSummary> = {}): OrderSummary => ({
  ...{
    id,
    number: id,
    customerReference: null,
    customer: { id: null, name: null },
    status: "confirmed",
    risk: "on_plan",
  },
  ...{ reason: null, value: null, requestedDate: null, confirmedDate: null, promisedAt: null, eta: null, etaP90: null },
  ...{ originSite: null, destinationSite: null, vehicleIds: [], disagreements: 0, version: 1 },
  ...over,
});
const dollars = (amount: string) => ({ amount, currency: "USD" });

const find = (orders: OrderSummary[], filter: OrderFilter = {}, sort: OrderSort = "number") =>
  findOrders(orders, filter, { sort, after: null, limit: 100, nowMs: NOW_MS });
const idsOf = (...asked: Parameters<typeof find>) => find(...asked).items.map(({ id }) => id);

test("the worst risk comes first, within it what is worth most", () => {
  const orders = [
    anOrder("a", { risk: "at_risk", value: dollars("900.00") }),
    anOrder("b", { risk: "will_miss", value: dollars("10.00") }),
    anOrder("c", { risk: "will_miss", value: dollars("1000.00") }),
    anOrder("d"),
  ];
  expect(idsOf(orders, {}, "risk")).toEqual(["c", "b", "a", "d"]);
});

test("each sort has its order, and what it does not know comes last", () => {
  const orders = [
    anOrder("100", {
      promisedAt: "2026-08-29T05:00:00.000Z",
      value: dollars("5"),
      customer: { id: null, name: "beta" },
    }),
    anOrder("20", {
      promisedAt: "2026-08-28T05:00:00.000Z",
      value: dollars("50"),
      customer: { id: null, name: "Acme" },
    }),
    anOrder("3"),
  ];
  expect(idsOf(orders, {}, "promised")).toEqual(["20", "100", "3"]);
  expect(idsOf(orders, {}, "value")).toEqual(["20", "100", "3"]);
  expect(idsOf(orders, {}, "customer")).toEqual(["20", "100", "3"]);
  expect(idsOf(orders, {}, "number")).toEqual(["3", "20", "100"]);
});

test.each<[string, OrderFilter, string[]]>([
  ["risks", { risk: ["late", "short"] }, ["2", "3"]],
  ["states", { status: ["delivered"] }, ["4"]],
  ["a customer's id", { customer: "sap:100:0000001000" }, ["1"]],
  ["part of a customer's name", { customer: "ACME" }, ["1"]],
  ["a site at either end", { site: "1010" }, ["1", "2"]],
  ["where they come from", { from: "1010" }, ["1"]],
  ["a lane, from one end to the other", { from: "1010", to: "1030" }, ["1"]],
  ["a lane the other way", { from: "1030", to: "1010" }, []],
  ["several states", { status: ["delivered", "shipped"] }, ["3", "4"]],
  ["what is due today, overdue with it", { due: "today" }, ["1", "2"]],
  ["what is due in two days", { due: "two_days" }, ["1", "2", "3"]],
  ["part of the customer's reference", { q: "po-77" }, ["3"]],
  ["a vehicle", { q: "t1" }, ["2"]],
  ["two things at once", { site: "1010", risk: ["late"] }, ["2"]],
])("orders are found by %s", (_, filter, ids) => {
  const orders = [
    anOrder("1", {
      ...{ customer: { id: "sap:100:0000001000", name: "Acme Stores" }, originSite: "1010", destinationSite: "1030" },
      promisedAt: "2026-08-26T05:00:00.000Z",
    }),
    anOrder("2", { risk: "late", destinationSite: "1010", vehicleIds: ["T1"], promisedAt: "2026-08-28T05:00:00.000Z" }),
    anOrder("3", {
      status: "shipped",
      risk: "short",
      customerReference: "PO-77",
      promisedAt: "2026-08-29T05:00:00.000Z",
    }),
    anOrder("4", { status: "delivered", promisedAt: "2026-08-26T05:00:00.000Z" }),
  ];
  expect(idsOf(orders, filter)).toEqual(ids);
});

test("the counts are of all that fits but the risk, and leave out what has ended", () => {
  const orders = [
    anOrder("1", { risk: "late", originSite: "1010" }),
    anOrder("2", { risk: "short", originSite: "1010" }),
    anOrder("3", { risk: "late" }),
    anOrder("4", { status: "cancelled", originSite: "1010" }),
  ];
  expect(find(orders, { site: "1010", risk: ["late"] }).counts).toMatchObject({ late: 1, short: 1, on_plan: 0 });
});

test("pages that follow each other hold every order once, whatever the sort", () => {
  const orders = Array.from({ length: 25 }, (_, n) =>
    anOrder(String(n), { risk: n % 3 === 0 ? "late" : "on_plan", value: n % 2 === 0 ? dollars("7.00") : null }),
  );
  for (const sort of ["risk", "promised", "value", "customer", "number"] as const) {
    const seen: string[] = [];
    let after: OrderPlace | null = null;
    do {
      const page = findOrders(orders, {}, { sort, after, limit: 4, nowMs: NOW_MS });
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual(idsOf(orders, {}, sort));
    expect(new Set(seen).size).toBe(25);
  }
});
