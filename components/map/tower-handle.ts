import type { BaseMap } from "./base-map.ts";

/** What browser tests may ask of the map of a page: it only reads, and `settle` makes a picture comparable. */
export type MapHandle = {
  readonly ready: boolean;
  readonly zoom: number;
  readonly center: [number, number];
  /** The ids of the features that are drawn in a layer now. */
  drawn(layer: string): string[];
  /** Pixels within the page. */
  project(longitude: number, latitude: number): { x: number; y: number };
  settle(): Promise<void>;
};

declare global {
  interface Window {
    __map?: MapHandle;
  }
}

/** Puts the handle on the window; the function it returns takes it away again. */
export function exposeMap(base: BaseMap): () => void {
  const { map } = base;
  const handle: MapHandle = {
    get ready() {
      return base.ready && map.isStyleLoaded() === true;
    },
    get zoom() {
      return map.getZoom();
    },
    get center() {
      const { lng, lat } = map.getCenter();
      return [lng, lat] as [number, number];
    },
    drawn: (layer) => {
      if (!map.getLayer(layer)) return [];
      const ids = map.queryRenderedFeatures({ layers: [layer] }).map(({ properties }) => String(properties.id));
      return [...new Set(ids)];
    },
    project: (longitude, latitude) => {
      const frame = map.getContainer().getBoundingClientRect();
      const point = map.project([longitude, latitude]);
      return { x: frame.left + point.x, y: frame.top + point.y };
    },
    settle: async () => {
      if (!map.loaded() || map.isMoving()) await map.once("idle");
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    },
  };
  window.__map = Object.freeze(handle);
  return () => {
    if (window.__map === handle) delete window.__map;
  };
}
