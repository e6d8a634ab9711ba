import fc from "fast-check";
import { expect, test } from "vitest";
import { ORDER_RISKS, ORDER_STATUSES } from "@/server/contracts/order.ts";
import { DUES, isFiltered, NO_FILTERS, ordersSearch, parseOrdersView, SORTS, TABS } from "./orders-view.ts";

const read = (search: string) => parseOrdersView(new URLSearchParams(search));
const words = fc.string({ minLength: 1, maxLength: 20, unit: "grapheme-ascii" });

test("a view that went through the address is the same view", () => {
  const view = fc.record({
    order: fc.option(words),
    tab: fc.constantFrom(...TABS),
    risks: fc.subarray([...ORDER_RISKS]),
    statuses: fc.subarray([...ORDER_STATUSES]),
    text: fc.oneof(fc.constant(""), words),
    customer: fc.option(words),
    site: fc.option(words),
    from: fc.option(words),
    to: fc.option(words),
    due: fc.option(fc.constantFrom(...DUES)),
    sort: fc.constantFrom(...SORTS),
    map: fc.constantFrom(null, { center: [-88.1, 41.5] as const, zoom: 6.25 }),
    pane: fc.constantFrom("list" as const, "map" as const),
  });
  fc.assert(
    fc.property(view, (each) => {
      expect(read(ordersSearch(each))).toEqual(each);
    }),
  );
});

test("the usual view has an empty address, and what is unknown in a link is left away", () => {
  expect(ordersSearch(read(""))).toBe("");
  expect(read("?risk=will_miss,gone&tab=nothing&sort=age&due=never&map=1,2")).toEqual({
    ...read(""),
    risks: ["will_miss"],
  });
});

test("clearing the filters keeps the selection and where the map looks", () => {
  const view = read("?order=sap:100:4812207&risk=late&from=1010&to=1030&q=marlowe&map=-88.1,41.5,6.00");
  expect(isFiltered(view)).toBe(true);
  const cleared = { ...view, ...NO_FILTERS };
  expect(isFiltered(cleared)).toBe(false);
  expect(ordersSearch(cleared)).toBe("?order=sap:100:4812207&map=-88.1000,41.5000,6.00");
});
