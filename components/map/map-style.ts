import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";
import { cellLayers, cellSources } from "./cell-layer.ts";
import type { MapScheme } from "./fleet-map-props.ts";
import { siteLayers, siteSources } from "./site-layer.ts";
import { trackLayers, trackSources } from "./track-layer.ts";

/** The land and what is written on it, so quiet that only the fleet has contrast. */
const PALETTE = {
  dark: {
    sea: "#0a0d12",
    land: "#12161e",
    coast: "#2a3342",
    state: "#262e3b",
    county: "#191f29",
    border: "#3a4557",
    river: "#0e1520",
    roadMinor: "#1a202a",
    road: "#28313f",
    label: "#9aa7bb",
    labelMinor: "#74819a",
    stateLabel: "#5b677d",
    halo: "#10141b",
  },
  light: {
    sea: "#dde5ee",
    land: "#f7f8fa",
    coast: "#bcc8d6",
    state: "#d5dbe4",
    county: "#eceff3",
    border: "#a9b5c5",
    river: "#dbe4ee",
    roadMinor: "#e9ecf1",
    road: "#d3dae4",
    label: "#42506a",
    labelMinor: "#67758d",
    stateLabel: "#8794a8",
    halo: "#f7f8fa",
  },
} as const;

export const landColour = (scheme: MapScheme): string => PALETTE[scheme].land;

/** What is always written on the map: whose data it is, and that the roads are not a survey. */
export const ATTRIBUTION = "Natural Earth, GeoNames CC BY 4.0 · roads are synthetic";

/** Vehicles are counted in cells below this zoom and drawn one by one above it. */
export const VEHICLES_FROM_ZOOM = 5;

const BASE_SOURCES = [
  "land-50m",
  "borders-50m",
  "subunits",
  "us-states",
  "us-counties",
  "lakes",
  "rivers",
  "roads",
  "places",
  "state-labels",
] as const;

export const byZoom = (...stops: number[]): ExpressionSpecification => ["interpolate", ["linear"], ["zoom"], ...stops];

/** Larger places first: the rank a place may have at most to be named at a zoom. */
const placeRankMax: ExpressionSpecification = [
  "<=",
  ["get", "r"],
  ["step", ["zoom"], 1, 3.4, 2, 4.4, 3, 5.4, 4, 6.4, 5, 7.4, 6, 8.5, 7],
];

export type StyleOptions = {
  scheme: MapScheme;
  /** A font the page has loaded: labels are drawn from it, without a glyph server. */
  font: string;
  /** A map with a fleet on it names places only where vehicles are drawn; above the cells they would collide. */
  fleet: boolean;
};

/**
 * The whole style, all layers of the fleet included, so that another scheme is nothing but other paint. A map layer is
 * a file of its own and a line here.
 */
export function mapStyle(options: StyleOptions): StyleSpecification {
  const base = BASE_SOURCES.map((name) => [
    name,
    { type: "geojson", data: `/basemap/${name}.json`, buffer: 64, tolerance: 0.4 } as const,
  ]);
  return {
    version: 8,
    sources: {
      ...Object.fromEntries(base),
      ...(options.fleet && { ...cellSources, ...trackSources, ...siteSources }),
    },
    layers: [
      ...landLayers(options),
      ...roadLayers(options),
      ...(options.fleet ? cellLayers(options) : []),
      ...labelLayers(options),
      ...(options.fleet ? [...trackLayers(options), ...siteLayers(options)] : []),
    ],
  };
}

function landLayers({ scheme }: StyleOptions): LayerSpecification[] {
  const p = PALETTE[scheme];
  return [
    { id: "sea", type: "background", paint: { "background-color": p.sea } },
    { id: "land", type: "fill", source: "land-50m", paint: { "fill-color": p.land } },
    {
      id: "rivers",
      type: "line",
      source: "rivers",
      minzoom: 4,
      paint: { "line-color": p.river, "line-width": byZoom(4, 0.5, 8, 1.6) },
    },
    { id: "lakes", type: "fill", source: "lakes", paint: { "fill-color": p.sea } },
    { id: "coast", type: "line", source: "land-50m", paint: { "line-color": p.coast, "line-width": 0.7 } },
    {
      id: "counties",
      type: "line",
      source: "us-counties",
      minzoom: 6.2,
      paint: { "line-color": p.county, "line-width": 0.6 },
    },
    {
      id: "subunits",
      type: "line",
      source: "subunits",
      minzoom: 3,
      paint: { "line-color": p.state, "line-width": byZoom(3, 0.5, 8, 1) },
    },
    {
      id: "states",
      type: "line",
      source: "us-states",
      paint: { "line-color": p.state, "line-width": byZoom(3, 0.6, 8, 1.2) },
    },
  ];
}

function roadLayers({ scheme }: StyleOptions): LayerSpecification[] {
  const p = PALETTE[scheme];
  return [
    {
      id: "roads-minor",
      type: "line",
      source: "roads",
      minzoom: 5,
      filter: ["==", ["get", "k"], 1],
      paint: { "line-color": p.roadMinor, "line-width": byZoom(5, 0.4, 8, 1.2) },
    },
    {
      id: "roads",
      type: "line",
      source: "roads",
      filter: ["==", ["get", "k"], 0],
      layout: { "line-join": "round" },
      paint: { "line-color": p.road, "line-width": byZoom(3, 0.5, 6, 1.2, 9, 2.4) },
    },
    { id: "borders", type: "line", source: "borders-50m", paint: { "line-color": p.border, "line-width": 0.8 } },
  ];
}

function labelLayers({ scheme, font, fleet }: StyleOptions): LayerSpecification[] {
  const p = PALETTE[scheme];
  return [
    {
      id: "state-labels",
      type: "symbol",
      source: "state-labels",
      minzoom: fleet ? VEHICLES_FROM_ZOOM : 4.2,
      maxzoom: 7,
      layout: {
        "text-field": ["get", "n"],
        "text-font": [font],
        "text-size": byZoom(4, 9, 7, 12),
        "text-letter-spacing": 0.08,
        "text-max-width": 7,
      },
      paint: { "text-color": p.stateLabel },
    },
    {
      id: "place-labels",
      type: "symbol",
      source: "places",
      minzoom: fleet ? VEHICLES_FROM_ZOOM : 3.2,
      filter: placeRankMax,
      layout: {
        "text-field": ["get", "n"],
        "text-font": [font],
        "text-size": ["step", ["get", "r"], 13, 2, 12, 4, 11],
        "text-anchor": "top",
        "text-offset": [0, 0.5],
        "symbol-sort-key": ["get", "r"],
        "text-padding": 12,
      },
      paint: {
        "text-color": ["step", ["get", "r"], p.label, 3, p.labelMinor],
        "text-halo-color": p.halo,
        "text-halo-width": 1.2,
      },
    },
  ];
}
