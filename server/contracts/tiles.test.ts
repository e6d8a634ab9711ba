import fc from "fast-check";
import { expect, test } from "vitest";
import { hexagonAt, hexagonMiddle, latitudeAt, mercatorX, mercatorY, tileAt, tilesWithin } from "./tiles.ts";

const lng = fc.double({ min: -179.9, max: 179.9, noNaN: true });
const lat = fc.double({ min: -84, max: 84, noNaN: true });

test("a point lies in a tile of every bounds that hold it", () => {
  fc.assert(
    fc.property(lng, lat, fc.constantFrom(5, 8), fc.double({ min: 0.01, max: 3, noNaN: true }), (x, y, zoom, half) => {
      const bounds = { west: x - half, east: x + half, south: y - half, north: y + half };
      expect(tilesWithin(zoom, bounds, 100_000)).toContain(tileAt(zoom, mercatorX(x), mercatorY(y)));
    }),
  );
});

test("tiles of bounds are named once, also around the whole world and across the antimeridian", () => {
  const world = tilesWithin(5, { west: -400, south: -90, east: 400, north: 90 }, 100_000);
  expect(new Set(world).size).toBe(1024);
  expect(world).toHaveLength(1024);
  const across = tilesWithin(5, { west: 175, south: 0, east: -175, north: 1 }, 100);
  expect(across).toContain(tileAt(5, mercatorX(179), mercatorY(0.5)));
  expect(across).toContain(tileAt(5, mercatorX(-179), mercatorY(0.5)));
  expect(across.length).toBeLessThan(9);
});

test("no more tiles are named than were allowed", () => {
  expect(tilesWithin(8, { west: -170, south: -80, east: 170, north: 80 }, 256)).toHaveLength(256);
});

test("poles and the date line belong to a tile, not to none", () => {
  for (const [x, y] of [
    [-180, 90],
    [180, -90],
    [0, 0],
  ] as const)
    expect(tileAt(8, mercatorX(x), mercatorY(y))).toBeGreaterThanOrEqual(0);
});

test("projection and its inverse agree", () => {
  fc.assert(
    fc.property(lat, (y) => {
      expect(latitudeAt(mercatorY(y))).toBeCloseTo(y, 9);
    }),
  );
});

test("no other hexagon's middle is nearer to a point than its own", () => {
  const width = 1 / 360;
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      fc.double({ min: 0.1, max: 0.9, noNaN: true }),
      (x, y) => {
        const own = hexagonAt(x, y, width);
        const distance = (middle: { x: number; y: number }) => Math.hypot(middle.x - x, middle.y - y);
        const mine = distance(hexagonMiddle(own, width));
        expect(mine).toBeLessThanOrEqual(width / Math.sqrt(3) + 1e-12);
        for (let row = own.row - 2; row <= own.row + 2; row++)
          for (let column = own.column - 2; column <= own.column + 2; column++)
            expect(distance(hexagonMiddle({ column, row }, width))).toBeGreaterThanOrEqual(mine - 1e-12);
      },
    ),
  );
});
