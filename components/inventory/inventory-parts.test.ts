import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { en } from "@/components/messages/en.ts";
import { makeFormats } from "@/components/ui/formats.ts";
import { STOCK_HEALTHS } from "@/server/contracts/stock.ts";
import { applyInventoryEvent } from "./apply-inventory-event.ts";
import { inventorySearch, isFiltered, NO_FILTERS, parseInventoryView, SORTS } from "./inventory-view.ts";
import { movementWords } from "./movements.tsx";
import { projectionPoints, quantityTicks } from "./projection-points.ts";
import { siteMarks } from "./site-marks.ts";
import { answerWords, changeText, documentNumber, healthWords, makeDays, quantityText } from "./stock-words.ts";
import { aPosition, aStory } from "./testing.ts";

const NOW = Date.parse("2026-11-17T14:32:00.000Z");
const DAY_MS = 24 * 60 * 60_000;
const formats = makeFormats({ locale: "en-US", units: "us", timeZone: "UTC", messages: en });
const days = makeDays("en-US");
const read = (search: string) => parseInventoryView(new URLSearchParams(search));
const words = fc.string({ minLength: 1, maxLength: 20, unit: "grapheme-ascii" });

describe("the address", () => {
  test("gives back the view that went through it", () => {
    const view = fc.record({
      position: fc.option(words),
      site: fc.option(words),
      healths: fc.subarray([...STOCK_HEALTHS]),
      text: fc.oneof(fc.constant(""), words),
      sort: fc.constantFrom(...SORTS),
      chart: fc.constantFrom("chart" as const, "table" as const),
      map: fc.constantFrom(null, { center: [-88.1, 41.5] as const, zoom: 6.25 }),
      pane: fc.constantFrom("list" as const, "map" as const),
    });
    fc.assert(
      fc.property(view, (each) => {
        expect(read(inventorySearch(each))).toEqual(each);
      }),
    );
  });

  test("is empty for the usual view, and what is unknown in a link is left away", () => {
    expect(inventorySearch(read(""))).toBe("");
    expect(read("?health=out,gone&sort=age&chart=pie&map=1,2")).toEqual({ ...read(""), healths: ["out"] });
  });

  test("keeps the selection and the map when filters are cleared", () => {
    const view = read("?position=100:M1@1010&site=1010&health=out&q=pump&map=-88.1,41.5,6.00");
    expect(isFiltered(view)).toBe(true);
    expect(inventorySearch({ ...view, ...NO_FILTERS })).toBe("?position=100:M1@1010&map=-88.1000,41.5000,6.00");
  });
});

describe("an event of the room", () => {
  const page = {
    items: [aPosition({ site: "1010" }), aPosition({ site: "1030" })],
    nextCursor: null,
    asOf: "",
    counts: noCounts(),
  };
  const told = (changed: ReturnType<typeof aPosition>[], gone: string[] = []) =>
    applyInventoryEvent([page], { changed, gone })[0]!.items.map(({ site, onHand }) => [site, onHand]);

  test("changes a row in its place, never back to an older one, and takes away what is gone", () => {
    expect(told([aPosition({ site: "1030", onHand: "9", version: 2 })])).toEqual([
      ["1010", "3456"],
      ["1030", "9"],
    ]);
    expect(told([aPosition({ site: "1030", onHand: "9", version: 0 })])[1]).toEqual(["1030", "3456"]);
    expect(told([], ["100:100-24817@1010"])).toEqual([["1030", "3456"]]);
  });

  test("leaves a page alone that it says nothing of", () => {
    expect(applyInventoryEvent([page], { changed: [aPosition({ site: "2000" })], gone: [] })[0]).toBe(page);
  });
});

describe("the words", () => {
  test.each([
    [{}, "Below Thu"],
    [{ belowSafetyDay: null }, "Out Sun"],
    [{ health: "out", onHand: "0" }, "Out"],
    [{ health: "out", onHand: "12" }, "Out today"],
    [{ health: "below_safety" }, "Below safety"],
    [{ health: "unknown", onHand: null }, "No count"],
  ] as const)("of a row with %j are %s", (given, word) => {
    expect(healthWords(aPosition(given), en, days, NOW)).toBe(word);
  });

  test.each([
    [{}, "Below safety stock Thu, 19 Nov"],
    [{ health: "out", onHand: "0" }, "Out of stock"],
    [{ health: "below_safety", onHand: "2000" }, "Below safety stock"],
    [{ health: "below_safety", onHand: "2500" }, "Below safety stock today"],
    [{ health: "healthy", belowSafetyDay: null, outDay: null, coverDays: 42.25 }, "Enough for 42 d"],
    [{ health: "healthy", belowSafetyDay: null, outDay: null, coverDays: null }, "Enough for the next 30 days"],
    [{ health: "unknown", onHand: null }, "Nobody has counted it"],
  ] as const)("that answer %j are %s", (given, answer) => {
    expect(answerWords(aPosition(given), en, days, formats).replace(",", "")).toBe(answer.replace(",", ""));
  });

  test("of quantities keep the decimals they have, with a true minus", () => {
    expect([quantityText("480.500", formats), quantityText("1234", formats), quantityText(null, formats)]).toEqual([
      "480.5",
      "1,234",
      "–",
    ]);
    expect([changeText("-432.000", formats), changeText("1188", formats)]).toEqual(["−432", "+1,188"]);
  });

  test("of movements say what happened and for what", () => {
    const movement = {
      ...{ id: "1", time: "", movementType: "601", document: "4900182233", storageLocation: "", unit: "CS" },
      ...{ stockType: "unrestricted" as const, quantity: "-1", balance: "1", record: aStory().locations[0]!.record },
    };
    const delivery = { kind: "delivery" as const, id: "sap:100:0080334590" };
    expect(movementWords({ ...movement, reference: delivery }, en)).toBe("Goods issue to delivery 80334590");
    expect(movementWords({ ...movement, movementType: "999", reference: null }, en)).toBe("Movement 999");
    expect(documentNumber("sap:100:0000000000")).toBe("0");
  });
});

describe("the chart", () => {
  test("joins counted steps and the projection at now, in the time of the site", () => {
    const { points, nowMs, below, receipts } = projectionPoints(aStory(), NOW, "America/Chicago");
    expect(nowMs).toBe(NOW - 6 * 60 * 60_000);
    expect(points[0]).toEqual({ atMs: nowMs - 7 * DAY_MS, counted: 7000 });
    const now = points.find(({ counted, expected }) => counted !== undefined && expected !== undefined);
    expect(now).toEqual({ atMs: nowMs, counted: 3456, expected: 3456, range: [3456, 3456] });
    expect(points.map(({ atMs }) => atMs)).toEqual(points.map(({ atMs }) => atMs).sort((one, other) => one - other));
    expect(below).toEqual({ atMs: Date.parse("2026-11-20T00:00:00Z"), expected: 2300, day: "2026-11-19" });
    expect(receipts).toEqual([{ atMs: Date.parse("2026-11-20T00:00:00Z"), day: "2026-11-19", quantity: 1188 }]);
  });
});

test("the lines of the chart are round and reach above the most", () => {
  expect(quantityTicks(1_785)).toEqual([0, 500, 1_000, 1_500, 2_000]);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (most) => {
      expect(quantityTicks(most).at(-1)).toBeGreaterThanOrEqual(most);
    }),
  );
});

describe("the map", () => {
  test("writes name and number short only where something is short, and leaves out a site without a place", () => {
    const site = { kind: "plant", timeZone: null, radiusM: null, edited: [], version: 0, record: null };
    const sites = new Map([
      ["1010", { ...site, id: "1010", name: "Joliet", latitude: 41.5, longitude: -88.1 }],
      ["1030", { ...site, id: "1030", name: "Allentown", latitude: 40.6, longitude: -75.5 }],
      ["2040", { ...site, id: "2040", name: "2040", latitude: null, longitude: null }],
    ]);
    const stocks = [
      { site: "1010", health: "healthy" as const, counts: noCounts() },
      { site: "1030", health: "below_safety" as const, counts: { ...noCounts(), below_safety: 1, low_soon: 3 } },
      { site: "2040", health: "out" as const, counts: { ...noCounts(), out: 1 } },
    ];
    expect(siteMarks(stocks, sites, en, formats).map(({ id, image, title }) => [id, image, title])).toEqual([
      ["1010", "calm", "1010"],
      ["1030", "high", "1030 Allentown\n4 short"],
    ]);
  });
});

function noCounts() {
  return { out: 0, below_safety: 0, low_soon: 0, unknown: 0, healthy: 0, overstock: 0 };
}
