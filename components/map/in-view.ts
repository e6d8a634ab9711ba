import type { FleetLevel } from "@/server/contracts/frames.ts";
import type { FleetStore } from "../live/fleet-store.ts";
import type { MapBounds, MapSite } from "./fleet-map-props.ts";
import type { VehicleBuffer } from "./vehicle-buffer.ts";

type Vehicles = { store: FleetStore; buffer: VehicleBuffer; nowS: number };

/** The mainland of the US: what there is to show before anything is known. */
const NOTHING_KNOWN: MapBounds = { west: -125, south: 24.5, east: -66.5, north: 49.5 };
/** A fleet on one spot still gets a picture of its surroundings. */
const MARGIN_DEGREES = 0.1;

export const holds = ({ west, south, east, north }: MapBounds, lng: number, lat: number) =>
  lng >= west && lng <= east && lat >= south && lat <= north;

/** How many vehicles lie within the bounds: one by one where they are drawn singly, else by the middles of their cells. */
export function countInView({ store, buffer, nowS }: Vehicles, bounds: MapBounds, level: FleetLevel): number {
  let count = 0;
  if (level === 0) {
    const { cells } = store;
    for (let cell = 0; cell < (cells?.count.length ?? 0); cell++)
      if (holds(bounds, cells!.lng[cell]!, cells!.lat[cell]!)) count += cells!.count[cell]!;
    return count;
  }
  for (let index = 0; index < buffer.count; index++) {
    if (!buffer.isShown(index)) continue;
    const [lng, lat] = buffer.positionAt(index, nowS);
    if (holds(bounds, lng, lat)) count++;
  }
  return count;
}

/** Around all that is known of the fleet: its cells, the vehicles that are told of, and its sites. */
export function fleetBounds(store: FleetStore, sites: readonly MapSite[]): MapBounds {
  const bounds = { west: 180, south: 90, east: -180, north: -90 };
  const include = (lng: number, lat: number) => {
    bounds.west = Math.min(bounds.west, lng);
    bounds.east = Math.max(bounds.east, lng);
    bounds.south = Math.min(bounds.south, lat);
    bounds.north = Math.max(bounds.north, lat);
  };
  const { cells, shown, lngE7, latE7 } = store;
  for (let cell = 0; cell < (cells?.count.length ?? 0); cell++) include(cells!.lng[cell]!, cells!.lat[cell]!);
  for (const { longitude, latitude } of sites) include(longitude, latitude);
  for (let index = 0; index < store.ids.length; index++)
    if (shown[index]) include(lngE7[index]! / 1e7, latE7[index]! / 1e7);
  if (bounds.west > bounds.east) return NOTHING_KNOWN;
  return {
    west: bounds.west - MARGIN_DEGREES,
    south: bounds.south - MARGIN_DEGREES,
    east: bounds.east + MARGIN_DEGREES,
    north: bounds.north + MARGIN_DEGREES,
  };
}
