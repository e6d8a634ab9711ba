import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeFrame } from "@/server/contracts/decode-frame.ts";
import { mercatorX, mercatorY, tileAt } from "@/server/contracts/tiles.ts";
import { aCellFrame } from "../live/testing.ts";
import { cellWidthAt, joinCells } from "./join-cells.ts";
import { mapStyle } from "./map-style.ts";
import { levelAt, makeViewTiles } from "./view-tiles.ts";

const cellsOf = (...args: Parameters<typeof aCellFrame>) => {
  const frame = decodeFrame(aCellFrame(...args));
  if (frame?.kind !== "cells") throw new Error("expected cells");
  return frame;
};

test("cells stay wide enough on the screen to be read, at every zoom they are shown at", () => {
  for (let zoom = 2; zoom < 5; zoom += 0.1) {
    const pixels = (cellWidthAt(zoom) * 512 * 2 ** zoom) / 360;
    expect(pixels).toBeGreaterThanOrEqual(36);
    expect(pixels).toBeLessThan(73);
  }
});

test("joined cells lose no vehicle and no exception", () => {
  const cell = fc.record({
    lng: fc.integer({ min: -125, max: -70 }),
    lat: fc.integer({ min: 25, max: 49 }),
    count: fc.integer({ min: 1, max: 500 }),
    late: fc.integer({ min: 0, max: 9 }),
    critical: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 60 }), fc.constantFrom(1, 2, 4, 8), (cells, width) => {
      const joined = joinCells(cellsOf(cells), width);
      const sum = (list: readonly { count: number; late: number; critical: number }[]) =>
        list.reduce(
          (total, each) => [total[0]! + each.count, total[1]! + each.late, total[2]! + each.critical],
          [0, 0, 0],
        );
      expect(sum(joined)).toEqual(sum(cells));
      for (const { ring } of joined) expect(ring[0]).toEqual(ring.at(-1)!.map((value) => expect.closeTo(value, 9)));
    }),
  );
});

const around = (lng: number, lat: number, half: number) => ({
  west: lng - half,
  east: lng + half,
  south: lat - half,
  north: lat + half,
});

test("levels change at zoom 5 and 8", () => {
  expect([4.99, 5, 7.99, 8].map(levelAt)).toEqual([0, 1, 1, 2]);
});

test("what is asked for covers the view, and small movements ask for nothing", () => {
  const wanted = makeViewTiles();
  const first = wanted(8.5, around(-87, 41, 1));
  expect(first?.level).toBe(2);
  for (const [lng, lat] of [
    [-88, 40],
    [-86, 42],
  ] as const)
    expect(first?.tiles).toContain(tileAt(8, mercatorX(lng), mercatorY(lat)));
  expect(wanted(8.5, around(-87.2, 41.1, 1))).toBeNull();
  expect(wanted(8.5, around(-90, 41, 1))?.level).toBe(2);
});

test("another level asks anew, and a much nearer view asks for less", () => {
  const wanted = makeViewTiles();
  expect(wanted(4, around(-95, 40, 20))).toEqual({ level: 0, tiles: [] });
  expect(wanted(4.5, around(-80, 30, 15))).toBeNull();
  expect(wanted(5.5, around(-95, 40, 10))?.tiles.length).toBeGreaterThan(3);
  const near = wanted(7.9, around(-95, 40, 1));
  expect(near?.tiles.length).toBeLessThan(5);
});

test("dark and light are the same layers with other paint, so that a switch loads nothing", () => {
  const shapeOf = (scheme: "dark" | "light") => {
    const { sources, layers } = mapStyle({ scheme, font: "Geist", fleet: true });
    return { sources, layers: layers.map(({ paint, ...layer }) => ({ ...layer, painted: Object.keys(paint ?? {}) })) };
  };
  expect(shapeOf("light")).toEqual(shapeOf("dark"));
  expect(mapStyle({ scheme: "light", font: "Geist", fleet: true })).not.toEqual(
    mapStyle({ scheme: "dark", font: "Geist", fleet: true }),
  );
});
