import type { MapScheme } from "@/components/map/fleet-map-props.ts";
import type { Overlay } from "@/components/map/map-overlay.ts";
import { type MapMark, markLayers, marksData } from "@/components/map/map-overlay.ts";
import { tokens } from "@/components/ui/theme.ts";
import type { Fence, FenceShape } from "@/server/contracts/fence.ts";
import { SITE_RADIUS_M, type Site } from "@/server/contracts/site.ts";
import { closedRing, cornersOf } from "./shapes.ts";

/** The layers whose features open something when they are pressed. */
export const PRESSABLE = ["site-marks", "site-fences"] as const;

/** Circles of a few hundred metres are nothing but dots on a map of a country. */
const CIRCLES_FROM_ZOOM = 8;

type Shapes = { sites: readonly Site[]; fences: readonly Fence[]; chosen: string | null };

/** All sites and fences but the one that is open: that one is drawn with its draft. Features are `site:` and `fence:`. */
export function siteData({ sites, fences, chosen }: Shapes): Overlay["sources"] {
  const ofSite = new Map(fences.flatMap((fence) => (fence.siteId === null ? [] : [[fence.siteId, fence] as const])));
  const shapes = sites.flatMap((site): [string, FenceShape, boolean][] => {
    const shape = ofSite.get(site.id)?.shape ?? circleAround(site);
    return shape ? [[`site:${site.id}`, shape, ofSite.has(site.id)]] : [];
  });
  const own = fences.flatMap(({ id, siteId, shape }): [string, FenceShape, boolean][] =>
    siteId === null ? [[`fence:${id}`, shape, true]] : [],
  );
  const shown = [...shapes, ...own].filter(([id]) => id !== chosen);
  return {
    "site-fences": {
      type: "FeatureCollection",
      features: shown.map(([id, shape, drawn]) => polygonFeature(shape, { id, drawn })),
    },
    "site-marks": marksData(sites.flatMap((site) => (`site:${site.id}` === chosen ? [] : markOf(site)))),
  };
}

export const circleAround = ({ latitude, longitude, radiusM }: Site): FenceShape | null =>
  latitude === null || longitude === null
    ? null
    : { kind: "circle", latitude, longitude, radiusM: radiusM ?? SITE_RADIUS_M };

const KINDS_IN_ORDER = ["plant", "warehouse", "cross_dock", "port", "yard", "supplier", "customer"];

function markOf({ id, name, kind, latitude, longitude }: Site): MapMark[] {
  if (latitude === null || longitude === null) return [];
  const order = KINDS_IN_ORDER.indexOf(kind);
  return [{ id: `site:${id}`, latitude, longitude, image: "site", title: name, order }];
}

function polygonFeature(shape: FenceShape, properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature {
  return { type: "Feature", properties, geometry: { type: "Polygon", coordinates: [closedRing(cornersOf(shape))] } };
}

export function siteLayers(scheme: MapScheme, font: string): Overlay["layers"] {
  const { dim, accent } = tokens[scheme];
  return [
    {
      id: "site-fences",
      type: "fill",
      source: "site-fences",
      minzoom: CIRCLES_FROM_ZOOM,
      paint: { "fill-color": dim, "fill-opacity": 0.12 },
    },
    {
      id: "site-fence-lines",
      type: "line",
      source: "site-fences",
      filter: ["any", ["get", "drawn"], [">=", ["zoom"], CIRCLES_FROM_ZOOM]],
      paint: { "line-color": ["case", ["get", "drawn"], accent, dim], "line-width": 1.4 },
    },
    ...markLayers({ id: "site-marks", source: "site-marks", scheme, font, titlesFromZoom: 5.4 }),
  ];
}

/** What is being set: in the accent, whether it is saved or not. */
export function draftOverlay(shape: FenceShape | null, scheme: MapScheme): Overlay {
  const { accent } = tokens[scheme];
  return {
    sources: { "site-draft": { type: "FeatureCollection", features: shape ? [polygonFeature(shape, {})] : [] } },
    layers: [
      { id: "site-draft", type: "fill", source: "site-draft", paint: { "fill-color": accent, "fill-opacity": 0.18 } },
      {
        id: "site-draft-line",
        type: "line",
        source: "site-draft",
        paint: { "line-color": accent, "line-width": 2 },
      },
    ],
  };
}
