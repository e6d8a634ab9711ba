import { describe, expect, it } from "vitest";
import { addDays } from "./days.ts";
import { judgeStock, type StockToJudge } from "./judge-stock.ts";
import { type Dated, projectStock } from "./project-stock.ts";

const TODAY = "2026-11-20";

type Given = Partial<Pick<StockToJudge, "onHand" | "safetyStock" | "maximumStock">> & {
  perDay?: number;
  receipts?: Dated[];
};

function judge({ onHand = 100, safetyStock = null, maximumStock = null, perDay = 0, receipts = [] }: Given) {
  const usual = { perDay, spread: 0, today: 0 };
  const projection = projectStock({ today: TODAY, onHand: onHand ?? 0, reservations: [], receipts, usual });
  return judgeStock({ today: TODAY, onHand, safetyStock, maximumStock, projection, usualPerDay: perDay });
}

describe("the health of a position", () => {
  it.each<[string, Given, string]>([
    ["nothing there", { onHand: 0 }, "out"],
    ["less than nothing there", { onHand: -3 }, "out"],
    ["nothing left at the end of today", { onHand: 8, perDay: 10 }, "out"],
    ["less than its safety stock", { onHand: 40, safetyStock: 50 }, "below_safety"],
    ["below safety at the end of today", { onHand: 55, safetyStock: 50, perDay: 10 }, "below_safety"],
    ["below safety within a week", { onHand: 100, safetyStock: 50, perDay: 10 }, "low_soon"],
    ["out within a week without any safety stock", { onHand: 50, perDay: 10 }, "low_soon"],
    ["below safety only after a week", { onHand: 150, safetyStock: 50, perDay: 10 }, "healthy"],
    ["as much as the maximum", { onHand: 100, maximumStock: 100 }, "healthy"],
    ["more than the maximum", { onHand: 101, maximumStock: 100 }, "overstock"],
    ["more than 120 days of cover", { onHand: 1_300, perDay: 10 }, "overstock"],
    ["120 days of cover", { onHand: 1_200, perDay: 10 }, "healthy"],
    ["nobody has counted it", { onHand: null, safetyStock: 50 }, "unknown"],
    ["a safety stock of zero is none", { onHand: 20, safetyStock: 0 }, "healthy"],
  ])("%s: it is told", (_, given, health) => {
    expect(judge(given).health).toBe(health);
  });

  it("tells the first day below safety and the first day out", () => {
    expect(judge({ onHand: 100, safetyStock: 50, perDay: 10 })).toMatchObject({
      belowSafetyDay: addDays(TODAY, 5),
      outDay: addDays(TODAY, 9),
    });
  });
});

describe("the cover", () => {
  it.each<[string, Given, number | null]>([
    ["is told with the part of the last day", { onHand: 25, perDay: 10 }, 2.5],
    ["goes on at the usual rate after the projection", { onHand: 500, perDay: 10 }, 50],
    ["counts what comes before it runs out", { onHand: 25, perDay: 10, receipts: [{ day: TODAY, quantity: 10 }] }, 3.5],
    ["is nothing where nothing is", { onHand: 0, perDay: 10 }, 0],
    ["is not known where nothing goes out", { onHand: 25 }, null],
    ["is not known where nobody has counted", { onHand: null, perDay: 10 }, null],
  ])("%s", (_, given, coverDays) => {
    expect(judge(given).coverDays).toBe(coverDays);
  });
});
