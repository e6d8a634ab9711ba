import type { GeoJSONSource, LayerSpecification, Map as MapLibre, SourceSpecification } from "maplibre-gl";
import { tokens } from "../ui/theme.ts";
import type { MapSite } from "./fleet-map-props.ts";
import type { StyleOptions } from "./map-style.ts";

export const siteSources: Record<string, SourceSpecification> = {
  sites: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
};

/** Small squares from the zoom where vehicles are drawn, named from a little nearer; plants are named first. */
export function siteLayers({ scheme, font }: StyleOptions): LayerSpecification[] {
  const { dim, canvas } = tokens[scheme];
  return [
    {
      id: "sites",
      type: "symbol",
      source: "sites",
      minzoom: 5,
      layout: {
        "icon-image": "site",
        "icon-size": ["interpolate", ["linear"], ["zoom"], 5, 0.55, 8, 0.9],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
    },
    {
      id: "site-labels",
      type: "symbol",
      source: "sites",
      minzoom: 6.2,
      layout: {
        "text-field": ["get", "name"],
        "text-font": [font],
        "text-size": 12,
        "text-anchor": "bottom-left",
        "text-offset": [0.6, -0.3],
        "text-max-width": 14,
        "symbol-sort-key": ["get", "order"],
        "text-padding": 4,
      },
      paint: { "text-color": dim, "text-halo-color": canvas, "text-halo-width": 1.6 },
    },
  ];
}

const KINDS_IN_ORDER = ["plant", "warehouse", "cross_dock", "port", "yard", "supplier", "customer"];

export function showSites(map: MapLibre, sites: readonly MapSite[]): void {
  map.getSource<GeoJSONSource>("sites")?.setData({
    type: "FeatureCollection",
    features: sites.map(({ id, name, kind, latitude, longitude }) => ({
      type: "Feature",
      properties: { id, name, order: KINDS_IN_ORDER.indexOf(kind) },
      geometry: { type: "Point", coordinates: [longitude, latitude] },
    })),
  });
}
