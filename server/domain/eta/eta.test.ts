import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BREAK_MS, drivingMs, REST_MS, STOP_MS, withBreaks } from "./driving.ts";
import { estimateArrivals } from "./estimate-arrivals.ts";
import { errorsByHorizon, figuresOf, spreadMs } from "./eta-errors.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const RESTED = { sinceRestMs: 0, sinceBreakMs: 0 };
const standing = { nowMs: 0, recentKmh: null, atTheWheel: RESTED, at: null };
const hours = (ms: number) => ms / HOUR_MS;

describe("hours at the wheel", () => {
  test.each([
    ["a short way has none", 5, RESTED, 5],
    ["half an hour after eight hours", 9, RESTED, 9.5],
    ["ten hours after eleven, the break before", 12, RESTED, 12 + 0.5 + 10],
    ["what was driven before counts", 2, { sinceRestMs: 10 * HOUR_MS, sinceBreakMs: 0 }, 12],
    ["both come anew after the night", 24, RESTED, 24 + 0.5 + 10 + 0.5 + 10],
  ])("breaks: %s", (_, driven, before, expected) => {
    expect(hours(withBreaks(driven * HOUR_MS, before).takesMs)).toBeCloseTo(expected, 6);
  });

  test("a longer way never takes less, and breaks never take more than they must", () => {
    const way = fc.integer({ min: 0, max: 100 * HOUR_MS });
    fc.assert(
      fc.property(way, way, (one, other) => {
        const [shorter, longer] = [Math.min(one, other), Math.max(one, other)];
        expect(withBreaks(shorter, RESTED).takesMs).toBeLessThanOrEqual(withBreaks(longer, RESTED).takesMs);
        const rests = Math.floor(longer / (11 * HOUR_MS)) + 1;
        expect(withBreaks(longer, RESTED).takesMs).toBeLessThanOrEqual(longer + rests * (REST_MS + BREAK_MS));
      }),
    );
  });

  test("the recent speed counts for an hour, then the usual one", () => {
    expect(hours(drivingMs(85_000, null))).toBeCloseTo(1);
    expect(hours(drivingMs(50_000, 50))).toBeCloseTo(1);
    expect(hours(drivingMs(50_000 + 170_000, 50))).toBeCloseTo(3);
    expect(hours(drivingMs(30_000, 2))).toBeCloseTo(1);
  });
});

describe("estimates of arrival", () => {
  test("an hour at each stop, and not away before the plan", () => {
    const stops = [
      { metres: 85_000, plannedDepartureMs: null },
      { metres: 85_000, plannedDepartureMs: 6 * HOUR_MS },
      { metres: 170_000, plannedDepartureMs: null },
    ];
    expect(estimateArrivals(stops, standing).map(hours)).toEqual([1, 3, 8]);
  });

  test("whoever stands at a stop leaves an hour after arrival, as planned, or now when both have passed", () => {
    const leaving = (arrivedMs: number, plannedDepartureMs: number | null) => {
      const [arrival] = estimateArrivals([{ metres: 85_000, plannedDepartureMs: null }], {
        ...standing,
        nowMs: 10 * HOUR_MS,
        at: { arrivedMs, plannedDepartureMs },
      });
      return hours(arrival!) - 1;
    };
    expect(leaving(9.5 * HOUR_MS, null)).toBeCloseTo(10.5);
    expect(leaving(9.5 * HOUR_MS, 12 * HOUR_MS)).toBeCloseTo(12);
    expect(leaving(2 * HOUR_MS, 4 * HOUR_MS)).toBeCloseTo(10);
  });

  test("a stop counts as the break", () => {
    const driven = { ...standing, atTheWheel: { sinceRestMs: 7 * HOUR_MS, sinceBreakMs: 7 * HOUR_MS } };
    const stop = { metres: 85_000, plannedDepartureMs: null };
    expect(estimateArrivals([stop, { ...stop, metres: 170_000 }], driven).map(hours)).toEqual([1, 4]);
    expect(STOP_MS).toBeGreaterThanOrEqual(BREAK_MS);
  });
});

describe("how sure an estimate is", () => {
  const results = (count: number, lateMinutes: number, aheadHours: number) =>
    Array.from({ length: count }, () => ({
      madeMs: 0,
      arrivedMs: aheadHours * HOUR_MS,
      p50Ms: aheadHours * HOUR_MS - lateMinutes * MINUTE_MS,
      p90Ms: aheadHours * HOUR_MS - MINUTE_MS,
    }));

  test("without results a share of the time ahead, with many what they showed at this horizon", () => {
    expect(spreadMs(5 * HOUR_MS, errorsByHorizon([])) / MINUTE_MS).toBeCloseTo(46);
    const many = errorsByHorizon(results(2000, 90, 5));
    expect(spreadMs(5 * HOUR_MS, many) / MINUTE_MS).toBeCloseTo(90, -1);
    expect(spreadMs(HOUR_MS / 2, many) / MINUTE_MS).toBeCloseTo(13.6);
    expect(spreadMs(5 * HOUR_MS, errorsByHorizon(results(5000, -60, 5)))).toBe(5 * MINUTE_MS);
  });

  test("figures say the median error without its sign and how often p90 held", () => {
    const some = [...results(3, 6, 2), ...results(1, -6, 2).map((result) => ({ ...result, p90Ms: 3 * HOUR_MS }))];
    expect(figuresOf(some)).toEqual({ samples: 4, medianErrorMinutes: 6, meanAbsoluteErrorMinutes: 6, p90Held: 0.25 });
    expect(figuresOf([])).toEqual({
      samples: 0,
      medianErrorMinutes: null,
      meanAbsoluteErrorMinutes: null,
      p90Held: null,
    });
  });
});
