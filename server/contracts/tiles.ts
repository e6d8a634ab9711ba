import { tileKey } from "./frames.ts";

/** The projected plane that tiles and hexagons are cut from: web mercator, `x` and `y` from 0 to 1, `y` southward. */
export const mercatorX = (lng: number): number => lng / 360 + 0.5;

const LATITUDE_MAX = 85.0511;

/** Latitudes beyond the square of the projection are taken to its edge. */
export function mercatorY(lat: number): number {
  const sine = Math.sin((Math.max(-LATITUDE_MAX, Math.min(LATITUDE_MAX, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export const latitudeAt = (y: number): number => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;

const within = (value: number, count: number) => (value >= 0 ? (value < count ? Math.floor(value) : count - 1) : 0);

/** Key of the tile at `zoom` that holds a point of the plane; points beyond its edge belong to the edge's tile. */
export function tileAt(zoom: number, x: number, y: number): number {
  const count = 2 ** zoom;
  return tileKey(within(x * count, count), within(y * count, count));
}

/** The tiles at `zoom` that bounds touch, at most `tilesMax`; bounds may cross the antimeridian (`west > east`). */
export function tilesWithin(
  zoom: number,
  bounds: { west: number; south: number; east: number; north: number },
  tilesMax: number,
): number[] {
  const count = 2 ** zoom;
  const top = within(mercatorY(bounds.north) * count, count);
  const bottom = within(mercatorY(bounds.south) * count, count);
  const first = Math.floor(mercatorX(bounds.west) * count);
  const span = bounds.east - bounds.west + (bounds.east < bounds.west ? 360 : 0);
  const last = Math.min(Math.floor(mercatorX(bounds.west + span) * count), first + count - 1);
  const tiles: number[] = [];
  for (let x = first; x <= last; x++)
    for (let y = top; y <= bottom && tiles.length < tilesMax; y++)
      tiles.push(tileKey(((x % count) + count) % count, y));
  return tiles;
}

/** Width of the hexagons that level 0 counts in, in degrees of longitude. The browser joins them at lower zooms. */
export const HEXAGON_WIDTH_DEGREES = 1;

export type HexagonAt = { column: number; row: number };
const ROWS_PER_WIDTH = Math.sqrt(3) / 2;

/**
 * The pointy-topped hexagon of the given width (a fraction of the plane) that holds a point. Rows are `width * √3/2`
 * apart and every odd row is shifted by half a width, so the nearest of the three rows around is the one.
 */
export function hexagonAt(x: number, y: number, width: number): HexagonAt {
  const height = width * ROWS_PER_WIDTH;
  const near = Math.round(y / height);
  let best: HexagonAt = { column: 0, row: near };
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let row = near - 1; row <= near + 1; row++) {
    const shift = row & 1 ? width / 2 : 0;
    const column = Math.round((x - shift) / width);
    const distance = (column * width + shift - x) ** 2 + (row * height - y) ** 2;
    if (distance < bestDistance) {
      bestDistance = distance;
      best = { column, row };
    }
  }
  return best;
}

/** Middle of a hexagon on the plane. */
export function hexagonMiddle({ column, row }: HexagonAt, width: number): { x: number; y: number } {
  return { x: column * width + (row & 1 ? width / 2 : 0), y: row * width * ROWS_PER_WIDTH };
}
