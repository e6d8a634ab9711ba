import type { Map as MapLibre } from "maplibre-gl";
import { type GeoJSONStoreFeatures, TerraDraw, TerraDrawPolygonMode, TerraDrawSelectMode } from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import type { MapScheme } from "@/components/map/fleet-map-props.ts";
import { tokens } from "@/components/ui/theme.ts";
import type { Corner } from "@/server/contracts/fence-polygon.ts";
import { closedRing, roundDegrees } from "./shapes.ts";

export type FenceDrawing = {
  /** Shows other corners than were drawn; none at all starts a new drawing. */
  show(corners: readonly Corner[]): void;
  stop(): void;
};

type Options = { map: MapLibre; scheme: MapScheme; onCorners(corners: Corner[]): void };

/** Draws one polygon on the map, corner by corner, and lets its corners and the middles of its sides be dragged. */
export function startDrawing({ map, scheme, onCorners }: Options): FenceDrawing {
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, prefixId: "fence-drawing" }),
    modes: [polygonMode(scheme), selectMode(scheme)],
  });
  draw.start();
  draw.on("finish", (id) => {
    const drawn = cornersOfFeature(draw.getSnapshotFeature(id));
    if (!drawn) return;
    onCorners(drawn);
    if (draw.getMode() === "select") return;
    draw.setMode("select");
    draw.selectFeature(id);
  });
  return {
    show(corners) {
      draw.clear();
      if (corners.length < 3) {
        draw.setMode("polygon");
        return;
      }
      draw.setMode("select");
      const [added] = draw.addFeatures([featureOf(corners)]);
      // What crosses itself cannot be dragged: it stays in the list of points until it is mended there.
      if (added?.valid && added.id !== undefined) draw.selectFeature(added.id);
    },
    stop() {
      if (draw.enabled) draw.stop();
    },
  };
}

function polygonMode(scheme: MapScheme): TerraDrawPolygonMode {
  const { accent, canvas } = tokens[scheme];
  return new TerraDrawPolygonMode({
    showCoordinatePoints: true,
    styles: {
      fillColor: accent,
      fillOpacity: 0.18,
      outlineColor: accent,
      outlineWidth: 2,
      closingPointColor: accent,
      closingPointOutlineColor: canvas,
      coordinatePointColor: accent,
      coordinatePointOutlineColor: canvas,
    },
  });
}

function selectMode(scheme: MapScheme): TerraDrawSelectMode {
  const { accent, canvas } = tokens[scheme];
  return new TerraDrawSelectMode({
    allowManualDeselection: false,
    // The list of points takes corners away: a key pressed over the map must not take the whole fence.
    keyEvents: null,
    flags: {
      polygon: { feature: { draggable: true, coordinates: { draggable: true, midpoints: true, deletable: true } } },
    },
    styles: {
      selectedPolygonColor: accent,
      selectedPolygonFillOpacity: 0.18,
      selectedPolygonOutlineColor: accent,
      selectedPolygonOutlineWidth: 2,
      selectionPointColor: accent,
      selectionPointOutlineColor: canvas,
      selectionPointWidth: 6,
      midPointColor: canvas,
      midPointOutlineColor: accent,
      midPointWidth: 4,
    },
  });
}

const featureOf = (corners: readonly Corner[]): GeoJSONStoreFeatures => ({
  type: "Feature",
  properties: { mode: "polygon" },
  geometry: {
    type: "Polygon",
    coordinates: [closedRing(corners).map(([x, y]) => [roundDegrees(x), roundDegrees(y)])],
  },
});

function cornersOfFeature(feature: GeoJSONStoreFeatures | undefined): Corner[] | null {
  if (feature?.geometry.type !== "Polygon") return null;
  return feature.geometry.coordinates[0]!.slice(0, -1).map(([longitude, latitude]) => ({
    latitude: roundDegrees(latitude!),
    longitude: roundDegrees(longitude!),
  }));
}
