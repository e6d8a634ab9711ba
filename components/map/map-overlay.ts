import type { GeoJSONSource, LayerSpecification, Map as MapLibre, SymbolLayerSpecification } from "maplibre-gl";
import { tokens } from "../ui/theme.ts";
import type { MapScheme } from "./fleet-map-props.ts";

/** GeoJSON that a page puts on the map, and the layers that show it, the lowest first. */
export type Overlay = {
  sources: Record<string, GeoJSON.FeatureCollection>;
  layers: readonly LayerSpecification[];
};

type PropertyName = Parameters<MapLibre["setPaintProperty"]>[1];
type LayoutName = Parameters<MapLibre["setLayoutProperty"]>[1];

/** Shows an overlay, or what has changed of one that is shown: other data, or the paint of another scheme. */
export function showOverlay(map: MapLibre, { sources, layers }: Overlay): void {
  for (const [name, data] of Object.entries(sources)) {
    const known = map.getSource<GeoJSONSource>(name);
    if (known) known.setData(data);
    else map.addSource(name, { type: "geojson", data });
  }
  for (const layer of layers) {
    if (!map.getLayer(layer.id)) {
      map.addLayer(layer);
      continue;
    }
    for (const [name, value] of Object.entries(layer.paint ?? {}))
      map.setPaintProperty(layer.id, name as PropertyName, value as never);
    for (const [name, value] of Object.entries(layer.layout ?? {}))
      map.setLayoutProperty(layer.id, name as LayoutName, value as never);
  }
}

export type MapMark = {
  id: string;
  longitude: number;
  latitude: number;
  /** Name of its image: a level, `site` or `stop`. */
  image: string;
  /** Written beside it where there is room; those with the smallest `order` find room first. */
  title?: string;
  order?: number;
};

export const marksData = (marks: readonly MapMark[]): GeoJSON.FeatureCollection => ({
  type: "FeatureCollection",
  features: marks.map(({ id, longitude, latitude, image, title = "", order = 0 }) => ({
    type: "Feature",
    properties: { id, image, title, order },
    geometry: { type: "Point", coordinates: [longitude, latitude] },
  })),
});

type MarkLayer = { id: string; source: string; scheme: MapScheme; font: string; titlesFromZoom?: number };

/**
 * Marks of `marksData`: each is always drawn, the least orders on top. Titles lie below them, because what lies higher
 * finds its room first: no title meets a mark, another title or the name of a place.
 */
export function markLayers({ id, source, scheme, font, titlesFromZoom = 0 }: MarkLayer): SymbolLayerSpecification[] {
  const { text, canvas } = tokens[scheme];
  return [
    {
      id: `${id}-titles`,
      type: "symbol",
      source,
      minzoom: titlesFromZoom,
      filter: ["!=", ["get", "title"], ""],
      layout: {
        "text-field": ["get", "title"],
        "text-font": [font],
        "text-size": 12,
        "text-variable-anchor": ["left", "right", "bottom", "top"],
        "text-radial-offset": 0.9,
        "text-justify": "auto",
        "text-max-width": 16,
        "text-padding": 3,
        "symbol-sort-key": ["get", "order"],
      },
      paint: { "text-color": text, "text-halo-color": canvas, "text-halo-width": 1.6 },
    },
    {
      id,
      type: "symbol",
      source,
      layout: {
        "icon-image": ["get", "image"],
        "icon-allow-overlap": true,
        "symbol-sort-key": ["-", 0, ["get", "order"]],
      },
    },
  ];
}

/** Around all the places, with some of their surroundings; `null` when there is none. */
export function boundsOf(places: readonly { longitude: number; latitude: number }[]) {
  if (places.length === 0) return null;
  const longitudes = places.map(({ longitude }) => longitude);
  const latitudes = places.map(({ latitude }) => latitude);
  return {
    west: Math.min(...longitudes) - MARGIN_DEGREES,
    south: Math.min(...latitudes) - MARGIN_DEGREES,
    east: Math.max(...longitudes) + MARGIN_DEGREES,
    north: Math.max(...latitudes) + MARGIN_DEGREES,
  };
}

const MARGIN_DEGREES = 0.2;
