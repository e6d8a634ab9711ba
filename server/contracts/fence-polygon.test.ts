import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FenceInput } from "./fence.ts";
import { AREA_M2_MAX, areaM2, type Corner, faultsOfPolygon } from "./fence-polygon.ts";

const JOLIET = { latitude: 41.525, longitude: -88.0817 };
/** Corners by hundredths of a degree east and north of Joliet. */
const ring = (...offsets: [east: number, north: number][]): Corner[] =>
  offsets.map(([east, north]) => ({
    latitude: JOLIET.latitude + north / 100,
    longitude: JOLIET.longitude + east / 100,
  }));
const faults = (corners: Corner[]) =>
  faultsOfPolygon(corners).map(({ path, message }) => `${path.join("/")}: ${message}`);

describe("a polygon is a fence", () => {
  test("when its sides meet only in its corners, whichever way round and however dented", () => {
    const dented = ring([0, 0], [2, 0], [2, 2], [1, 0.5], [0, 2]);
    expect(faults(dented)).toEqual([]);
    expect(faults([...dented].reverse())).toEqual([]);
  });

  test("when it has a point in the middle of a straight side", () => {
    expect(faults(ring([0, 0], [1, 0], [2, 0], [2, 2]))).toEqual([]);
  });

  test("whose corners lie around a middle, always", () => {
    const angles = fc.uniqueArray(fc.integer({ min: 0, max: 71 }), { minLength: 3, maxLength: 60 });
    fc.assert(
      fc.property(angles, fc.integer({ min: 10, max: 300 }), (taken, size) => {
        const sorted = [...taken].sort((a, b) => a - b);
        const gaps = sorted.map((at, index) => (sorted[(index + 1) % sorted.length]! - at + 72) % 72);
        fc.pre(Math.max(...gaps) < 36);
        const around = sorted.map((at): [number, number] => {
          const angle = (at / 72) * 2 * Math.PI;
          return [(Math.cos(angle) * size) / 100, (Math.sin(angle) * size) / 100];
        });
        expect(faults(ring(...around))).toEqual([]);
      }),
    );
  });
});

describe("a polygon is refused", () => {
  test("when two of its sides cross, with the points they start from", () => {
    expect(faults(ring([0, 0], [2, 2], [2, 0], [0, 2]))).toEqual(["points/0: its side crosses the side of point 3"]);
  });

  test("when a corner touches another side", () => {
    expect(faults(ring([0, 0], [2, 0], [2, 2], [1, 0], [0, 2]))).toEqual([
      "points/0: its side crosses the side of point 3",
    ]);
  });

  test("when it runs back along itself", () => {
    expect(faults(ring([0, 0], [2, 0], [1, 0]))).toEqual(["points/0: its side crosses the side of point 2"]);
  });

  test("when a point comes twice in a row, the last and the first included", () => {
    expect(faults(ring([0, 0], [1, 0], [1, 0], [0, 1]))).toEqual(["points/1: is the same as the next point"]);
    expect(faults(ring([0, 0], [1, 0], [0, 1], [0, 0]))).toEqual(["points/3: is the same as the next point"]);
  });

  test("when nothing fits inside, when a state fits inside, and across the 180th meridian", () => {
    expect(faults(ring([0, 0], [0.001, 0], [0, 0.001]))).toEqual(["points: encloses less than 314 m²"]);
    expect(faults(ring([0, 0], [300, 0], [300, 300], [0, 300]))).toEqual(["points: encloses more than 31,415 km²"]);
    const around = [-179, 179, 179].map((longitude, index) => ({ latitude: index, longitude }));
    expect(faults(around)).toEqual(["points: must not reach across the 180th meridian"]);
  });
});

test("the area is that of the ground: a square of a hundredth of a degree at 60° north", () => {
  const square = [
    [0, 0],
    [0.01, 0],
    [0.01, 0.01],
    [0, 0.01],
  ].map(([east, north]) => ({ latitude: 60 + north!, longitude: 10 + east! }));
  expect(areaM2(square) / (1_111.95 * 1_111.95 * 0.5)).toBeCloseTo(1, 2);
  expect(AREA_M2_MAX / 1e6).toBeCloseTo(31_416, -1);
});

test("what a form or a program sends is refused at the point that is wrong", () => {
  const shape = { kind: "polygon", points: ring([0, 0], [2, 2], [2, 0], [0, 2]) };
  const parsed = FenceInput.safeParse({ name: "Yard", shape });
  expect(parsed.error?.issues.map(({ path }) => path.join("/"))).toEqual(["shape/points/0"]);
});
