import { type FleetLevel, LEVEL_TILE_ZOOM } from "@/server/contracts/frames.ts";
import { tilesWithin } from "@/server/contracts/tiles.ts";
import type { MapBounds } from "./fleet-map-props.ts";
import { VEHICLES_FROM_ZOOM } from "./map-style.ts";

const NEAR_FROM_ZOOM = 8;
const TILES_MAX = 256;
/** Asked around the view on every side, as a share of it, so that small movements need nothing new. */
const MARGIN = 0.3;
/** A view much smaller than what is covered asks for less. */
const COVERED_MAX = 6;

export type Look = { level: FleetLevel; tiles: number[] };

export function levelAt(zoom: number): FleetLevel {
  if (zoom < VEHICLES_FROM_ZOOM) return 0;
  return zoom < NEAR_FROM_ZOOM ? 1 : 2;
}

/** Remembers what was asked for, and says when a view needs something else. */
export function makeViewTiles() {
  let covered: { level: FleetLevel; bounds: MapBounds } | null = null;

  return function wanted(zoom: number, bounds: MapBounds): Look | null {
    const level = levelAt(zoom);
    if (covered?.level === level && (level === 0 || fits(covered.bounds, bounds))) return null;
    covered = { level, bounds: widen(bounds) };
    if (level === 0) return { level, tiles: [] };
    return { level, tiles: tilesWithin(LEVEL_TILE_ZOOM[level], covered.bounds, TILES_MAX) };
  };
}

const area = ({ west, south, east, north }: MapBounds) => (east - west) * (north - south);

function fits(covered: MapBounds, bounds: MapBounds): boolean {
  const holds =
    bounds.west >= covered.west &&
    bounds.east <= covered.east &&
    bounds.south >= covered.south &&
    bounds.north <= covered.north;
  return holds && area(covered) <= COVERED_MAX * area(bounds);
}

function widen({ west, south, east, north }: MapBounds): MapBounds {
  const lng = (east - west) * MARGIN;
  const lat = (north - south) * MARGIN;
  return {
    west: Math.max(-180, west - lng),
    east: Math.min(180, east + lng),
    south: Math.max(-90, south - lat),
    north: Math.min(90, north + lat),
  };
}
