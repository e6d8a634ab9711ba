import type { MapView } from "@/components/map/fleet-map-props.ts";
import { parseMapView, writeMapView } from "@/components/map/map-address.ts";
import { STOCK_HEALTHS, type StockHealth } from "@/server/contracts/stock.ts";

export const SORTS = ["risk", "cover", "material", "site", "on_hand"] as const;
export type Sort = (typeof SORTS)[number];

/** What the inventory page shows. All of it lives in the address, so that a link shows a colleague the same thing. */
export type InventoryView = {
  /** The one selection that table, map and detail share: `<client>:<material>@<site>`. */
  position: string | null;
  site: string | null;
  healths: readonly StockHealth[];
  text: string;
  sort: Sort;
  /** How the detail shows what is projected. */
  chart: "chart" | "table";
  /** Where the map looks; `null` until somebody has moved it. */
  map: MapView | null;
  /** Which of the two a narrow screen shows. */
  pane: "list" | "map";
};

const TEXT_LENGTH_MAX = 100;

/** Reads the address. What is unknown or out of bounds in it is left away: an old link still opens. */
export function parseInventoryView(params: URLSearchParams): InventoryView {
  const sort = params.get("sort");
  const healths = new Set(params.get("health")?.split(","));
  return {
    position: params.get("position") || null,
    site: params.get("site") || null,
    healths: STOCK_HEALTHS.filter((health) => healths.has(health)),
    text: (params.get("q") ?? "").slice(0, TEXT_LENGTH_MAX),
    sort: SORTS.find((known) => known === sort) ?? "risk",
    chart: params.get("chart") === "table" ? "table" : "chart",
    map: parseMapView(params.get("map")),
    pane: params.get("pane") === "map" ? "map" : "list",
  };
}

/** The address of a view, without what is as usual; an empty string for the usual view. */
export function inventorySearch(view: InventoryView): string {
  const params = new URLSearchParams();
  if (view.position) params.set("position", view.position);
  if (view.site) params.set("site", view.site);
  if (view.healths.length > 0) params.set("health", view.healths.join(","));
  if (view.text) params.set("q", view.text);
  if (view.sort !== "risk") params.set("sort", view.sort);
  if (view.chart !== "chart") params.set("chart", view.chart);
  if (view.map) params.set("map", writeMapView(view.map));
  if (view.pane === "map") params.set("pane", "map");
  // These are allowed in a query and make the link readable.
  const search = params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%40", "@");
  return search ? `?${search}` : "";
}

export const isFiltered = (view: InventoryView): boolean =>
  view.site !== null || view.healths.length > 0 || view.text !== "";

/** What clearing the filters leaves away. */
export const NO_FILTERS = { site: null, healths: [], text: "" } as const satisfies Partial<InventoryView>;
