import { expect, test } from "vitest";
import { ORDER_RISKS, type OrderPage } from "@/server/contracts/order.ts";
import { applyOrdersEvent } from "./apply-orders-event.ts";
import { anOrder } from "./testing.ts";

const NONE = Object.fromEntries(ORDER_RISKS.map((risk) => [risk, 0])) as OrderPage["counts"];
const page = (...ids: string[]) => ({
  items: ids.map((id) => anOrder({ id })),
  nextCursor: null,
  asOf: "2026-11-17T14:32:00.000Z",
  counts: NONE,
});

test("a changed order is replaced where it stands, and a page without it stays the same object", () => {
  const pages = [page("a", "b"), page("c")];
  const after = applyOrdersEvent(pages, { changed: [anOrder({ id: "b", risk: "late", version: 2 })], gone: [] });
  expect(after[0]!.items.map(({ id, risk }) => [id, risk])).toEqual([
    ["a", "on_plan"],
    ["b", "late"],
  ]);
  expect(after[1]).toBe(pages[1]);
});

test("an older version never replaces a newer one", () => {
  const pages = [{ ...page(), items: [anOrder({ id: "a", risk: "late", version: 7 })] }];
  const after = applyOrdersEvent(pages, { changed: [anOrder({ id: "a", risk: "on_plan", version: 6 })], gone: [] });
  expect(after[0]!.items[0]!.risk).toBe("late");
});

test("what left the picture leaves the pages, and what is new waits for the tower to place it", () => {
  const after = applyOrdersEvent([page("a", "b")], { changed: [anOrder({ id: "z" })], gone: ["a"] });
  expect(after[0]!.items.map(({ id }) => id)).toEqual(["b"]);
});
