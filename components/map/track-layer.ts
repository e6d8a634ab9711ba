import type { GeoJSONSource, LayerSpecification, Map as MapLibre, SourceSpecification } from "maplibre-gl";
import { tokens } from "../ui/theme.ts";
import type { StyleOptions } from "./map-style.ts";

export const trackSources: Record<string, SourceSpecification> = {
  track: { type: "geojson", lineMetrics: true, data: { type: "FeatureCollection", features: [] } },
};

/** The way a vehicle has come, fainter the longer ago, with a rim that keeps it apart from roads. */
export function trackLayers({ scheme }: StyleOptions): LayerSpecification[] {
  const { accent, canvas } = tokens[scheme];
  return [
    {
      id: "track-rim",
      type: "line",
      source: "track",
      layout: { "line-join": "round", "line-cap": "round" },
      paint: { "line-color": canvas, "line-width": 6, "line-opacity": 0.7 },
    },
    {
      id: "track",
      type: "line",
      source: "track",
      layout: { "line-join": "round", "line-cap": "round" },
      paint: {
        "line-width": 3,
        "line-gradient": ["interpolate", ["linear"], ["line-progress"], 0, `${accent}55`, 1, accent],
      },
    },
  ];
}

/** `line` in longitude and latitude, oldest first; fewer than two points show nothing. */
export function showTrack(map: MapLibre, line: readonly (readonly [number, number])[]): void {
  const coordinates = line.map(([longitude, latitude]) => [longitude, latitude]);
  map.getSource<GeoJSONSource>("track")?.setData({
    type: "FeatureCollection",
    features:
      coordinates.length < 2
        ? []
        : [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } }],
  });
}
