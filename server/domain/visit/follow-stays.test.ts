import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { circleArea } from "../fence/circle-area.ts";
import type { FenceArea } from "../fence/fence-area.ts";
import { followStays, LEAVES_AFTER_MS, type Stay } from "./follow-stays.ts";

const MINUTE_MS = 60_000;
const METRES_PER_DEGREE = 111_195;
/** A place so many metres north of the middle of all fences here. */
const at = (metres: number) => ({ latitude: 41 + metres / METRES_PER_DEGREE, longitude: -88 });
const circle = (id: string, radiusM: number, metres = 0): FenceArea =>
  circleArea(id, !id.startsWith("fence:"), { ...at(metres), radiusM });

const YARD = circle("1010", 1000);
const DOCK = circle("1020", 200);
const NEXT_DOOR = circle("1030", 2000, 3500);
const REGION = circle("fence:region", 20_000);

type Seen = [minute: number, metres: number];
type Told = [fence: string, entered: number, left: number | null];

/** The visits of a vehicle that was seen so many metres from the middle at these minutes. */
function visits(fences: readonly FenceArea[], seen: readonly Seen[]): Told[] {
  const near = [...fences].sort((a, b) => a.areaM2 - b.areaM2);
  const ended: Told[] = [];
  let stays: readonly Stay[] = [];
  for (const [minute, metres] of seen) {
    const position = { ...at(metres), timeMs: minute * MINUTE_MS, offset: 0, recordedMs: 0 };
    const followed = followStays(stays, near, position);
    if (!followed) continue;
    stays = followed.stays;
    for (const { stay, left } of followed.changes) {
      if (left !== null) ended.push([stay.fence.id, stay.enteredMs / MINUTE_MS, left.timeMs / MINUTE_MS]);
    }
  }
  return [...ended, ...stays.map(({ fence, enteredMs }): Told => [fence.id, enteredMs / MINUTE_MS, null])];
}

describe("a stay in a fence", () => {
  test.each<{ what: string; fences: FenceArea[]; seen: Seen[]; told: Told[] }>([
    {
      what: "begins with the first position inside",
      fences: [YARD],
      seen: [
        [0, 5000],
        [1, 900],
        [2, 10],
      ],
      told: [["1010", 1, null]],
    },
    {
      what: "ended when the vehicle was first outside, once two minutes have shown it",
      fences: [YARD],
      seen: [
        [0, 0],
        [10, 2000],
        [11, 3000],
        [12, 4000],
      ],
      told: [["1010", 0, 10]],
    },
    {
      what: "goes on while it was outside for less than two minutes",
      fences: [YARD],
      seen: [
        [0, 0],
        [10, 2000],
        [11.9, 3000],
      ],
      told: [["1010", 0, null]],
    },
    {
      what: "goes on when it drifts out and comes back in time, however often",
      fences: [YARD],
      seen: [
        [0, 0],
        [1, 1300],
        [2, 900],
        [3, 1300],
        [4, 900],
        [5, 1300],
        [6, 900],
      ],
      told: [["1010", 0, null]],
    },
    {
      what: "goes on within the margin, 15 % of the radius, though nobody enters there",
      fences: [YARD],
      seen: [
        [-10, 1140],
        [0, 990],
        [10, 1140],
        [60, 1140],
      ],
      told: [["1010", 0, null]],
    },
    {
      what: "has a margin of 50 m at least",
      fences: [DOCK],
      seen: [
        [0, 0],
        [10, 245],
        [60, 245],
        [70, 255],
        [80, 255],
      ],
      told: [["1020", 0, 70]],
    },
    {
      what: "ended before a long silence only when the vehicle was seen outside before it",
      fences: [YARD],
      seen: [
        [0, 0],
        [200, 9000],
        [201, 9500],
        [203, 9900],
      ],
      told: [["1010", 0, 200]],
    },
    {
      what: "is told again when it comes back later",
      fences: [YARD],
      seen: [
        [0, 0],
        [10, 2000],
        [20, 2000],
        [30, 0],
      ],
      told: [
        ["1010", 0, 10],
        ["1010", 30, null],
      ],
    },
    {
      what: "is one at the smallest site where sites overlap",
      fences: [YARD, DOCK],
      seen: [
        [0, 10],
        [5, 20],
      ],
      told: [["1020", 0, null]],
    },
    {
      what: "goes over to the smaller site at once, and back after two minutes outside of it",
      fences: [YARD, DOCK],
      seen: [
        [0, 800],
        [5, 20],
        [10, 800],
        [11, 20],
        [20, 800],
        [23, 800],
      ],
      told: [
        ["1010", 0, 5],
        ["1020", 5, 20],
        ["1010", 23, null],
      ],
    },
    {
      what: "ends at once where another site begins that lies apart, even a larger one",
      fences: [YARD, NEXT_DOOR],
      seen: [
        [0, 0],
        [5, 1200],
        [6, 1600],
      ],
      told: [
        ["1010", 0, 5],
        ["1030", 6, null],
      ],
    },
    {
      what: "of a fence of one's own goes on beside that of a site",
      fences: [REGION, YARD],
      seen: [
        [0, 15_000],
        [10, 0],
        [20, 5000],
        [30, 5000],
      ],
      told: [
        ["1010", 10, 20],
        ["fence:region", 0, null],
      ],
    },
  ])("$what", ({ fences, seen, told }) => {
    expect(visits(fences, seen)).toEqual(told);
  });

  const journeys = fc.array(
    fc.record({ afterSeconds: fc.integer({ min: 1, max: 400 }), metres: fc.integer({ min: 0, max: 6000 }) }),
    { minLength: 1, maxLength: 80 },
  );
  const seenOf = (journey: readonly { afterSeconds: number; metres: number }[]): Seen[] => {
    let seconds = 0;
    return journey.map(({ afterSeconds, metres }) => {
      seconds += afterSeconds;
      return [seconds / 60, metres];
    });
  };
  const all = [YARD, DOCK, NEXT_DOOR, REGION];

  test("whatever the journey: no stay ends before it began, and no vehicle is at two sites at a time", () => {
    fc.assert(
      fc.property(journeys, (journey) => {
        const told = visits(all, seenOf(journey));
        for (const [, entered, left] of told) expect(left ?? entered).toBeGreaterThanOrEqual(entered);
        const sites = told.filter(([fence]) => !fence.startsWith("fence:")).sort((a, b) => a[1] - b[1]);
        for (const [index, [, , left]] of sites.slice(0, -1).entries()) {
          expect(left).not.toBeNull();
          expect(sites[index + 1]![1]).toBeGreaterThanOrEqual(left!);
        }
      }),
    );
  });

  test("whatever the journey: a glimpse outside, shorter than two minutes, makes no other visits", () => {
    fc.assert(
      fc.property(journeys, fc.integer({ min: 1, max: 110 }), (journey, seconds) => {
        const calm = seenOf(journey).map(([minute]): Seen => [minute, 0]);
        const last = calm.at(-1)![0];
        const glimpse: Seen[] = [
          [last + 1 / 60, 9000],
          [last + (1 + seconds) / 60, 0],
        ];
        expect(visits([YARD], [...calm, ...glimpse])).toEqual(visits([YARD], calm));
      }),
    );
  });

  test("is over exactly when it has been outside for the whole time", () => {
    const out: Seen = [10, 9000];
    const minutes = LEAVES_AFTER_MS / MINUTE_MS;
    expect(visits([YARD], [[0, 0], out, [10 + minutes - 0.001, 9000]])).toEqual([["1010", 0, null]]);
    expect(visits([YARD], [[0, 0], out, [10 + minutes, 9000]])).toEqual([["1010", 0, 10]]);
  });
});
