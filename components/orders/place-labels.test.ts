import fc from "fast-check";
import { expect, test } from "vitest";
import { type LabelWish, placeLabels } from "./place-labels.ts";

const LANE = { left: 0, right: 1_200 };

const lane = fc
  .array(
    fc.record({
      x: fc.integer({ min: 0, max: 1_200 }),
      titleWidth: fc.integer({ min: 20, max: 120 }),
      moreWidth: fc.integer({ min: 0, max: 180 }),
    }),
    { maxLength: 14 },
  )
  .map((drafts) =>
    drafts.map(
      ({ x, titleWidth, moreWidth }, index): LabelWish => ({
        key: String(index),
        x,
        titleWidth,
        fullWidth: titleWidth + moreWidth,
      }),
    ),
  );

test("no two labels of a lane meet, and none leaves it, wherever the points are", () => {
  fc.assert(
    fc.property(lane, (wishes) => {
      const places = placeLabels(wishes, LANE);
      for (const [index, one] of places.entries()) {
        expect(one.left).toBeGreaterThanOrEqual(LANE.left);
        expect(one.left + one.width).toBeLessThanOrEqual(LANE.right);
        for (const other of places.slice(index + 1)) {
          const isApart =
            one.side !== other.side || one.left + one.width <= other.left || other.left + other.width <= one.left;
          expect(isApart).toBe(true);
        }
      }
    }),
  );
});

test("a label stands at its point, and the order in which points are told changes nothing", () => {
  fc.assert(
    fc.property(lane, (wishes) => {
      const places = placeLabels(wishes, LANE);
      for (const { key, left, width } of places) {
        const { x } = wishes.find((wish) => wish.key === key)!;
        expect(x).toBeGreaterThanOrEqual(left);
        expect(x).toBeLessThanOrEqual(left + width);
      }
      const apart = new Set(wishes.map(({ x }) => x)).size === wishes.length;
      if (apart) expect(placeLabels([...wishes].reverse(), LANE)).toEqual(places);
    }),
  );
});

const wish = (key: string, x: number, fullWidth = 100, titleWidth = 50): LabelWish => ({
  key,
  x,
  fullWidth,
  titleWidth,
});

test("neighbours stand above and below by turns", () => {
  const places = placeLabels([wish("a", 100), wish("b", 160), wish("c", 300)], LANE);
  expect(places.map(({ side }) => side)).toEqual(["above", "below", "above"]);
});

test("a label at the end of the lane turns back, and one without room keeps its title alone", () => {
  expect(placeLabels([wish("a", 1_190)], LANE)[0]).toMatchObject({ align: "end", isShort: false });
  const crowd = placeLabels([wish("a", 0), wish("b", 10), wish("c", 120)], { left: 0, right: 180 });
  expect(crowd.map(({ key, isShort }) => [key, isShort])).toEqual([
    ["a", false],
    ["b", false],
    ["c", true],
  ]);
});

test("where nothing fits, a point goes without a label instead of covering another", () => {
  const places = placeLabels([wish("a", 5), wish("b", 6), wish("c", 7)], { left: 0, right: 110 });
  expect(places).toHaveLength(2);
});
