import fc from "fast-check";
import { expect, test } from "vitest";
import { thin } from "./thin.ts";

const points = fc
  .array(fc.record({ timeMs: fc.integer({ min: 0, max: 1e6 }), value: fc.integer() }), { minLength: 1, maxLength: 400 })
  .map((list) => list.sort((a, b) => a.timeMs - b.timeMs));

test("thinning keeps order and both extremes, and gives no more points than asked for", () => {
  fc.assert(
    fc.property(points, fc.integer({ min: 2, max: 60 }), (all, pointsMax) => {
      const kept = thin(all, pointsMax);
      expect(kept.length).toBeLessThanOrEqual(pointsMax);
      expect(kept.map(({ timeMs }) => timeMs)).toEqual(kept.map(({ timeMs }) => timeMs).sort((a, b) => a - b));
      const values = all.map(({ value }) => value);
      expect(kept.map(({ value }) => value)).toContain(Math.max(...values));
      expect(kept.map(({ value }) => value)).toContain(Math.min(...values));
    }),
  );
});
