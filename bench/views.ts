import { type FleetLevel, LEVEL_TILE_ZOOM } from "../server/contracts/frames.ts";
import { latitudeAt, mercatorY, tilesWithin } from "../server/contracts/tiles.ts";
import { AREA } from "./reading.ts";

/** What a map asks the tower for. */
export type View = { level: FleetLevel; tiles: number[] };

/** A map beside a list on a screen of 1440 by 900, in pixels, with what it asks for around it. */
const [WIDTH, HEIGHT, MARGIN] = [1_000, 800, 0.3];
const TILE_PIXELS = 512;
const TILES_MAX = 256;

/** The view of a map at a zoom, as the product's own map asks for it. */
export function viewAt(zoom: number, { lng, lat }: { lng: number; lat: number }): View {
  if (zoom < 5) return { level: 0, tiles: [] };
  const level = zoom < 8 ? 1 : 2;
  const reach = (pixels: number) => ((pixels / TILE_PIXELS) * (0.5 + MARGIN)) / 2 ** zoom;
  const y = mercatorY(lat);
  const bounds = {
    west: lng - reach(WIDTH) * 360,
    east: lng + reach(WIDTH) * 360,
    north: latitudeAt(y - reach(HEIGHT)),
    south: latitudeAt(y + reach(HEIGHT)),
  };
  return { level, tiles: tilesWithin(LEVEL_TILE_ZOOM[level], bounds, TILES_MAX) };
}

/** Views at one zoom, spread evenly over where the vehicles are, the same in every run. */
export function viewsAt(zoom: number, count: number): View[] {
  const columns = Math.ceil(Math.sqrt(count));
  const place = (from: number, to: number, share: number) => from + (to - from) * share;
  return Array.from({ length: count }, (_, number) =>
    viewAt(zoom, {
      lng: place(AREA.west, AREA.east, ((number % columns) + 0.5) / columns),
      lat: place(AREA.south, AREA.north, (Math.floor(number / columns) + 0.5) / Math.ceil(count / columns)),
    }),
  );
}

/** Twenty people: some look at the whole country, some at a region, some at a city. */
export const TWENTY_VIEWS: readonly View[] = [...viewsAt(4, 6), ...viewsAt(6, 7), ...viewsAt(9, 7)];
