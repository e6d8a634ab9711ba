import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS, momentOf, quarterBefore, STEP_MS, STEPS, stepOf, windowOf } from "./time-steps.ts";

const NOW_MS = Date.UTC(2026, 10, 20, 14, 37, 12);

test("every quarter hour of the last weeks has a step of the bar, and the step leads back to it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 96 * 30 }), (quarters) => {
      const atMs = quarterBefore(NOW_MS) - quarters * STEP_MS;
      const span = windowOf(atMs, NOW_MS);
      const step = stepOf(atMs, span);
      expect(step).toBeGreaterThanOrEqual(0);
      expect(step).toBeLessThanOrEqual(STEPS);
      expect(momentOf(step, span)).toBe(atMs);
    }),
  );
});

test("the present is the last step of the last day, and no other day has it", () => {
  const span = windowOf(null, NOW_MS);
  expect([stepOf(null, span), momentOf(STEPS, span)]).toEqual([STEPS, null]);
  const earlier = windowOf(NOW_MS - 3 * DAY_MS, NOW_MS);
  expect(earlier.isLast).toBe(false);
  expect(momentOf(STEPS, earlier)).toBe(earlier.endMs);
});
