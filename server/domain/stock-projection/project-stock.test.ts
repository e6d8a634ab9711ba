import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "./days.ts";
import { type Dated, PROJECTION_DAYS, projectStock, type StockToProject } from "./project-stock.ts";

const TODAY = "2026-11-20";
const inDays = (days: number) => addDays(TODAY, days);
const aStock = (given: Partial<StockToProject>): StockToProject => ({
  today: TODAY,
  onHand: 100,
  reservations: [],
  receipts: [],
  usual: { perDay: 0, spread: 0, today: 0 },
  ...given,
});
const expectedOf = (given: Partial<StockToProject>, days: number) =>
  projectStock(aStock(given))
    .slice(0, days)
    .map(({ expected }) => expected);

describe("the projected stock", () => {
  it.each<[string, Partial<StockToProject>, number[]]>([
    ["stays where nothing comes or goes", {}, [100, 100, 100]],
    ["falls on the day of a reservation", { reservations: [{ day: inDays(1), quantity: 30 }] }, [100, 70, 70]],
    ["takes overdue reservations off today", { reservations: [{ day: inDays(-3), quantity: 30 }] }, [70, 70, 70]],
    ["takes reservations without a day off today", { reservations: [{ day: null, quantity: 30 }] }, [70, 70, 70]],
    ["rises on the day of a receipt", { receipts: [{ day: inDays(2), quantity: 50 }] }, [100, 100, 150]],
    ["expects an overdue receipt tomorrow", { receipts: [{ day: inDays(-2), quantity: 50 }] }, [100, 150, 150]],
    ["does not count on a receipt without a day", { receipts: [{ day: null, quantity: 50 }] }, [100, 100, 100]],
    ["falls by the usual consumption", { usual: { perDay: 10, spread: 0, today: 0 } }, [90, 80, 70]],
    ["leaves out what has gone out today already", { usual: { perDay: 10, spread: 0, today: 4 } }, [94, 84, 74]],
    [
      "counts no usual consumption that reservations cover",
      { usual: { perDay: 10, spread: 0, today: 0 }, reservations: [{ day: inDays(0), quantity: 25 }] },
      [75, 75, 70],
    ],
    [
      "serves what it owes from the next receipt",
      {
        onHand: 10,
        reservations: [{ day: inDays(0), quantity: 30 }],
        receipts: [{ day: inDays(2), quantity: 50 }],
      },
      [0, 0, 30],
    ],
    [
      "loses usual demand while there is nothing",
      { onHand: 10, usual: { perDay: 10, spread: 0, today: 0 }, receipts: [{ day: inDays(3), quantity: 50 }] },
      [0, 0, 0, 40],
    ],
  ])("%s", (_, given, expected) => {
    expect(expectedOf(given, expected.length)).toEqual(expected);
  });

  it("widens its range with the spread of a day, and with nothing where orders say what goes", () => {
    const usual = { perDay: 10, spread: 4, today: 0 };
    const [first, second] = projectStock(aStock({ usual }));
    expect(first).toMatchObject({ expected: 90, low: 83.42, high: 96.58 });
    expect(second!.high - second!.expected).toBeCloseTo(1.645 * 4 * Math.SQRT2, 2);
    const reserved = projectStock(aStock({ usual, reservations: [{ day: TODAY, quantity: 10 }] }));
    expect(reserved[0]).toMatchObject({ expected: 90, low: 90, high: 90 });
  });
});

const quantity = fc.integer({ min: 0, max: 500 });
const dated = fc.record({ day: fc.option(fc.integer({ min: -5, max: 40 }).map(inDays)), quantity });
const stock = fc.record({
  today: fc.constant(TODAY),
  onHand: fc.integer({ min: -50, max: 2_000 }),
  reservations: fc.array(dated, { maxLength: 12 }),
  receipts: fc.array(dated, { maxLength: 6 }),
  usual: fc.record({
    perDay: fc.integer({ min: 0, max: 80 }),
    spread: fc.integer({ min: 0, max: 40 }),
    today: quantity,
  }),
});

describe("for any stock", () => {
  it("there are 30 days, none below nothing, each within its range", () => {
    fc.assert(
      fc.property(stock, (each) => {
        const days = projectStock(each);
        expect(days.map(({ day }) => day)).toEqual(
          Array.from({ length: PROJECTION_DAYS }, (_, index) => inDays(index)),
        );
        for (const { expected, low, high } of days) {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(expected);
          expect(high).toBeGreaterThanOrEqual(expected);
        }
      }),
    );
  });

  it("the order in which reservations and receipts are told does not matter", () => {
    fc.assert(
      fc.property(stock, (each) => {
        const turned = { ...each, reservations: each.reservations.toReversed(), receipts: each.receipts.toReversed() };
        expect(projectStock(turned)).toEqual(projectStock(each));
      }),
    );
  });

  it("one more receipt never leaves less on any day", () => {
    fc.assert(
      fc.property(stock, dated, (each, more: Dated) => {
        const before = projectStock(each);
        const after = projectStock({ ...each, receipts: [...each.receipts, more] });
        for (const [index, { expected }] of after.entries())
          expect(expected).toBeGreaterThanOrEqual(before[index]!.expected - 0.001);
      }),
    );
  });
});
