import { describe, expect, test } from "vitest";
import { advanceClock, beginClock, type Glance, likelyAtTheWheel } from "./drive-clock.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const RESTED = { sinceRestMs: 0, sinceBreakMs: 0 };
/** Looks once a minute at somebody who drives (or stands, at 0 km/h) for these minutes each. */
function clockAfter(phases: [minutes: number, kmh: number][]) {
  let timeMs = 0;
  const looks = phases.flatMap(([minutes, speedKmh]) =>
    Array.from({ length: minutes }, (): Glance => {
      timeMs += MINUTE_MS;
      return { timeMs, speedKmh, isMoving: speedKmh > 0 };
    }),
  );
  return looks.reduce(advanceClock, beginClock({ timeMs: 0, speedKmh: 0, isMoving: false }, RESTED));
}

describe("the clock of a driver", () => {
  test("the speed follows the last half hour at the wheel, and standing does not lower it", () => {
    expect(clockAfter([[300, 90]]).recentKmh).toBeCloseTo(90);
    expect(
      clockAfter([
        [300, 90],
        [40, 60],
        [120, 0],
      ]).recentKmh,
    ).toBeLessThan(68);
    expect(
      clockAfter([
        [2, 90],
        [1, 60],
      ]).recentKmh,
    ).toBeCloseTo(80);
    expect(clockAfter([[50, 0]]).recentKmh).toBeNull();
  });

  test("half an hour is a break, ten hours a night, less is neither", () => {
    const hours = ({ sinceRestMs, sinceBreakMs }: ReturnType<typeof clockAfter>) => [
      sinceRestMs / HOUR_MS,
      sinceBreakMs / HOUR_MS,
    ];
    expect(
      hours(
        clockAfter([
          [120, 90],
          [25, 0],
        ]),
      ),
    ).toEqual([2, 2]);
    expect(
      hours(
        clockAfter([
          [120, 90],
          [40, 0],
          [60, 90],
        ]),
      ),
    ).toEqual([3, 1]);
    expect(
      hours(
        clockAfter([
          [120, 90],
          [605, 0],
          [60, 90],
        ]),
      ),
    ).toEqual([1, 1]);
  });

  test("a silent vehicle is not said to have driven all the while, and an old look changes nothing", () => {
    const clock = clockAfter([[10, 90]]);
    expect(advanceClock(clock, { timeMs: clock.seenMs + 5 * HOUR_MS, speedKmh: 90, isMoving: true }).sinceRestMs).toBe(
      20 * MINUTE_MS,
    );
    expect(advanceClock(clock, { timeMs: clock.seenMs, speedKmh: 20, isMoving: true })).toBe(clock);
  });

  test("who was not watched has likely driven the way behind, and slept in the hours it does not explain", () => {
    expect(likelyAtTheWheel(425_000, 6 * HOUR_MS).sinceRestMs / HOUR_MS).toBeCloseTo(5);
    expect(likelyAtTheWheel(13 * 85_000, 24 * HOUR_MS).sinceRestMs / HOUR_MS).toBeCloseTo(2);
    expect(likelyAtTheWheel(425_000, 2 * HOUR_MS).sinceRestMs / HOUR_MS).toBeCloseTo(2);
  });
});
