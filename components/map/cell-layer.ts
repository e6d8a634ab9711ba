import type { GeoJSONSource, LayerSpecification, Map as MapLibre, SourceSpecification } from "maplibre-gl";
import { tokens } from "../ui/theme.ts";
import type { MapCell } from "./join-cells.ts";
import type { StyleOptions } from "./map-style.ts";

const EMPTY = { type: "FeatureCollection" as const, features: [] };
const CELLS_UNTIL_ZOOM = 5;

export const cellSources: Record<string, SourceSpecification> = {
  cells: { type: "geojson", data: EMPTY },
  "cell-middles": { type: "geojson", data: EMPTY },
};

/** Filled by the logarithm of the count; edge and mark speak up only where something is late or critical. */
export function cellLayers({ scheme, font }: StyleOptions): LayerSpecification[] {
  const { critical, high, text, canvas } = tokens[scheme];
  const quiet = scheme === "dark" ? "#7d93b5" : "#6b7d98";
  const opacityMax = scheme === "dark" ? 0.42 : 0.38;
  const byWorst = <T>(critical: T, high: T, normal: T) => [
    "match",
    ["get", "worst"],
    "critical",
    critical,
    "high",
    high,
    normal,
  ];
  const layers = [
    {
      id: "cells",
      type: "fill",
      source: "cells",
      maxzoom: CELLS_UNTIL_ZOOM,
      paint: {
        "fill-color": quiet,
        "fill-opacity": ["interpolate", ["linear"], ["ln", ["get", "count"]], 0, 0.1, 5.6, opacityMax],
      },
    },
    {
      id: "cell-edges",
      type: "line",
      source: "cells",
      maxzoom: CELLS_UNTIL_ZOOM,
      paint: {
        "line-color": byWorst(critical, high, quiet),
        "line-width": byWorst(1.8, 1.2, 0.8),
        "line-opacity": byWorst(1, 0.75, 0.35),
      },
    },
    {
      id: "cell-counts",
      type: "symbol",
      source: "cell-middles",
      maxzoom: CELLS_UNTIL_ZOOM,
      layout: {
        "text-field": ["get", "words"],
        "text-font": [font],
        "text-size": 13,
        "text-allow-overlap": true,
        "text-offset": ["case", ["==", ["get", "worst"], "normal"], ["literal", [0, 0]], ["literal", [0, -0.55]]],
      },
      paint: { "text-color": text, "text-halo-color": canvas, "text-halo-width": 1 },
    },
    {
      id: "cell-exceptions",
      type: "symbol",
      source: "cell-middles",
      maxzoom: CELLS_UNTIL_ZOOM,
      filter: ["!=", ["get", "worst"], "normal"],
      layout: {
        "icon-image": ["get", "worst"],
        "icon-size": 0.6,
        "icon-allow-overlap": true,
        "icon-offset": [-11, 15],
        "text-field": ["get", "exceptions"],
        "text-font": [font],
        "text-size": 12,
        "text-allow-overlap": true,
        "text-anchor": "left",
        "text-offset": [0, 0.75],
      },
      paint: { "text-color": byWorst(critical, high, text), "text-halo-color": canvas, "text-halo-width": 1 },
    },
  ];
  // Expressions made by a function are wider than the specification's types; the map validates them when it loads.
  return layers as LayerSpecification[];
}

export function showCells(map: MapLibre, cells: readonly MapCell[], count: (value: number) => string): void {
  const propertiesOf = (cell: MapCell) => ({
    count: cell.count,
    words: count(cell.count),
    worst: cell.critical > 0 ? "critical" : cell.late > 0 ? "high" : "normal",
    exceptions: count(cell.critical || cell.late),
  });
  map.getSource<GeoJSONSource>("cells")?.setData({
    type: "FeatureCollection",
    features: cells.map((cell) => ({
      type: "Feature",
      properties: propertiesOf(cell),
      geometry: { type: "Polygon", coordinates: [cell.ring] },
    })),
  });
  map.getSource<GeoJSONSource>("cell-middles")?.setData({
    type: "FeatureCollection",
    features: cells.map((cell) => ({
      type: "Feature",
      properties: propertiesOf(cell),
      geometry: { type: "Point", coordinates: cell.middle },
    })),
  });
}
