import { describe, expect, test } from "vitest";
import { areaM2, faultsOfPolygon } from "@/server/contracts/fence-polygon.ts";
import { parseDecimal } from "./decimal.ts";
import { circleOf, closedRing, cornersOf, polygonOf } from "./shapes.ts";

const circle = { kind: "circle", latitude: 41.525, longitude: -88.0817, radiusM: 800 } as const;

describe("shapes", () => {
  test("a circle is drawn as a ring of its area, closed", () => {
    const ring = cornersOf(circle);
    expect(areaM2(ring) / (Math.PI * 800 ** 2)).toBeCloseTo(1, 1);
    expect(closedRing(ring).at(-1)).toEqual(closedRing(ring)[0]);
    expect(closedRing([])).toEqual([]);
  });

  test("the polygon that begins from a circle is a fence, and the circle around a polygon holds all of it", () => {
    const points = polygonOf(circle);
    expect(faultsOfPolygon(points)).toEqual([]);
    const around = circleOf({ kind: "polygon", points });
    expect(around.latitude).toBeCloseTo(circle.latitude, 4);
    expect(Math.abs(around.radiusM - 800)).toBeLessThan(5);
  });

  test("going from one shape to the same shape changes nothing", () => {
    expect(circleOf(circle)).toBe(circle);
    const points = polygonOf(circle);
    expect(polygonOf({ kind: "polygon", points })).toBe(points);
  });
});

test("numbers are read as people type them, with a true minus, and nothing else is a number", () => {
  expect(["41.5", " -88.1 ", "−88.1", "+1", "7."].map(parseDecimal)).toEqual([41.5, -88.1, -88.1, 1, 7]);
  expect(["", "41,5", "1e3", "0x10", "--1", "Infinity", "1 2"].map(parseDecimal)).toEqual(Array(7).fill(null));
});
