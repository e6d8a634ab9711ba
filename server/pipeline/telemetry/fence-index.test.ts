import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LineFence } from "../../contracts/fence.ts";
import { FenceIndex } from "./fence-index.ts";

const latitude = fc.double({ min: -85, max: 85, noNaN: true });
const longitude = fc.double({ min: -180, max: 180, noNaN: true });
const circles = fc.array(
  fc.record({ latitude, longitude, radiusM: fc.double({ min: 10, max: 100_000, noNaN: true }) }),
  { maxLength: 6 },
);
const fenceOf = (shape: LineFence["shape"], index: number): LineFence => ({ id: String(index), shape });

describe("the index of fences", () => {
  test("names every fence that contains a position, also over the date line, the smallest first", () => {
    fc.assert(
      fc.property(
        circles,
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (shapes, north, east) => {
          const index = new FenceIndex(shapes.map((shape, place) => fenceOf({ kind: "circle", ...shape }, place)));
          for (const [place, shape] of shapes.entries()) {
            const at = { latitude: shape.latitude + north, longitude: turned(shape.longitude + east) };
            const near = index.near(at.latitude, at.longitude);
            expect(near.map(({ areaM2 }) => areaM2)).toEqual(near.map(({ areaM2 }) => areaM2).sort((a, b) => a - b));
            const containing = shapes
              .map((_, other) => index.get(String(other))!)
              .filter((area) => area.contains(at.latitude, at.longitude));
            for (const area of containing) expect(near).toContain(area);
            expect(index.get(String(place))!.contains(shape.latitude, shape.longitude)).toBe(true);
          }
        },
      ),
    );
  });

  test("a polygon holds what is inside of its lines and nothing else, also where it is not convex", () => {
    const points = [
      { latitude: 41, longitude: -88 },
      { latitude: 41, longitude: -87 },
      { latitude: 41.5, longitude: -87.5 },
      { latitude: 42, longitude: -87 },
      { latitude: 42, longitude: -88 },
    ];
    const area = new FenceIndex([{ id: "fence:a", shape: { kind: "polygon", points } }]).get("fence:a")!;
    expect(area.contains(41.5, -87.8)).toBe(true);
    expect(area.contains(41.5, -87.3)).toBe(false);
    expect(area.holds(41.5, -87.3)).toBe(false);
    expect(area.isSite).toBe(false);
    expect(area.areaM2 / 1e9).toBeCloseTo(6.98, 1);
  });

  test("a fence as large as a continent is still found, beside the small ones in it", () => {
    const points = [
      { latitude: 10, longitude: -170 },
      { latitude: 10, longitude: -20 },
      { latitude: 75, longitude: -20 },
      { latitude: 75, longitude: -170 },
    ];
    const index = new FenceIndex([
      { id: "fence:all", shape: { kind: "polygon", points } },
      { id: "1010", shape: { kind: "circle", latitude: 41, longitude: -88, radiusM: 500 } },
    ]);
    expect(index.near(41, -88).map(({ id }) => id)).toEqual(["1010", "fence:all"]);
    expect(index.near(60, -100).map(({ id }) => id)).toEqual(["fence:all"]);
  });
});

const turned = (degrees: number): number => (degrees > 180 ? degrees - 360 : degrees < -180 ? degrees + 360 : degrees);
