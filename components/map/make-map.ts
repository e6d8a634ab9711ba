import { Map as MapLibre, setWorkerUrl } from "maplibre-gl";
import type { MapScheme, MapView } from "./fleet-map-props.ts";
import { ATTRIBUTION, mapStyle } from "./map-style.ts";

const WORKER_URL = "/maplibre/maplibre-gl-worker.mjs";

type MapOptions = {
  container: HTMLElement;
  view: MapView;
  scheme: MapScheme;
  font: string;
  label: string;
  reducedMotion: boolean;
  /** Whether the layers of the live fleet belong to it. */
  fleet: boolean;
};

/** The base map in its container, flat and north up, without any vehicle yet. */
export function makeMap({ container, view, scheme, font, label, reducedMotion, fleet }: MapOptions): MapLibre {
  setWorkerUrl(WORKER_URL);
  const map = new MapLibre({
    container,
    style: mapStyle({ scheme, font, fleet }),
    center: [view.center[0], view.center[1]],
    zoom: view.zoom,
    minZoom: 2,
    maxZoom: 15,
    maxPitch: 0,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    fadeDuration: reducedMotion ? 0 : 120,
    attributionControl: { compact: false, customAttribution: ATTRIBUTION },
    canvasContextAttributes: { antialias: true },
    locale: { "Map.Title": label },
  });
  map.keyboard.disableRotation();
  map.touchZoomRotate.disableRotation();
  return map;
}
