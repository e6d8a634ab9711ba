import type { MapBounds, MapView } from "@/components/map/fleet-map-props.ts";
import { parseMapView, writeMapView } from "@/components/map/map-address.ts";
import { MOTIONS, type Motion, SERVICES, type Service } from "@/server/contracts/vehicle.ts";
import type { VehicleQuestion } from "./vehicle-queries.ts";

export const SORTS = ["worst", "id", "speed", "seen"] as const;
export type Sort = (typeof SORTS)[number];

/** What the fleet page shows. All of it lives in the address, so that a link shows a colleague the same thing. */
export type FleetView = {
  /** The one selection that map, list and detail share. */
  vehicle: string | null;
  motions: readonly Motion[];
  services: readonly Service[];
  text: string;
  /** Only vehicles in the part of the map that is seen. */
  inView: boolean;
  sort: Sort;
  /** Where the map looks; `null` until somebody has moved it. */
  map: MapView | null;
  /** Which of the two a narrow screen shows. */
  pane: "list" | "map";
};

/** Near enough to see single vehicles move; the whole country is two steps out. */
export const FIRST_VIEW: MapView = { center: [-87.2, 39.2], zoom: 5.4 };

const TEXT_LENGTH_MAX = 100;

/** Reads the address. What is unknown or out of bounds in it is left away: an old link still opens. */
export function parseFleetView(params: URLSearchParams): FleetView {
  const sort = params.get("sort");
  return {
    vehicle: params.get("vehicle") || null,
    motions: pick(params.get("motion"), MOTIONS),
    services: pick(params.get("service"), SERVICES),
    text: (params.get("q") ?? "").slice(0, TEXT_LENGTH_MAX),
    inView: params.get("in") === "view",
    sort: SORTS.find((known) => known === sort) ?? "worst",
    map: parseMapView(params.get("map")),
    pane: params.get("pane") === "map" ? "map" : "list",
  };
}

/** The address of a view, without what is as usual; an empty string for the usual view. */
export function fleetSearch(view: FleetView): string {
  const params = new URLSearchParams();
  if (view.vehicle) params.set("vehicle", view.vehicle);
  if (view.motions.length > 0) params.set("motion", view.motions.join(","));
  if (view.services.length > 0) params.set("service", view.services.join(","));
  if (view.text) params.set("q", view.text);
  if (view.inView) params.set("in", "view");
  if (view.sort !== "worst") params.set("sort", view.sort);
  if (view.map) params.set("map", writeMapView(view.map));
  if (view.pane === "map") params.set("pane", "map");
  // Commas are allowed in a query and make the link readable.
  const search = params.toString().replaceAll("%2C", ",");
  return search ? `?${search}` : "";
}

export const isFiltered = (view: FleetView) =>
  view.motions.length > 0 || view.services.length > 0 || view.text !== "" || view.inView;

/** What clearing the filters leaves away. */
export const NO_FILTERS = { motions: [], services: [], text: "", inView: false } as const satisfies Partial<FleetView>;

/** What the list asks of the API for this view. `bounds` are those of the map, once it has told them. */
export function questionOf(
  view: FleetView,
  bounds: MapBounds | null,
  limit: number,
  at: string | null = null,
): VehicleQuestion {
  return {
    asOf: at ?? undefined,
    q: view.text || undefined,
    motion: view.motions.join(",") || undefined,
    service: view.services.join(",") || undefined,
    bounds: view.inView && bounds ? writeBounds(bounds) : undefined,
    sort: view.sort,
    limit,
  };
}

/** A map that shows more than the world reaches beyond it; the API only knows the world. */
export const withinWorld = ({ west, south, east, north }: MapBounds): MapBounds => ({
  west: Math.max(-180, west),
  south: Math.max(-90, south),
  east: Math.min(180, east),
  north: Math.min(90, north),
});

function writeBounds(bounds: MapBounds): string {
  const { west, south, east, north } = withinWorld(bounds);
  return [west, south, east, north].map((side) => side.toFixed(4)).join(",");
}

function pick<Name extends string>(list: string | null, known: readonly Name[]): Name[] {
  const wanted = new Set(list?.split(","));
  return known.filter((name) => wanted.has(name));
}
