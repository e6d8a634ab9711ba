import type { FleetStore } from "../live/fleet-store.ts";
import type { FleetMapEngine } from "./fleet-map-engine.ts";
import { levelAt } from "./view-tiles.ts";

/** What browser tests may ask of the map: it reads, and `settle` makes a picture comparable. */
export type FleetHandle = {
  readonly ready: boolean;
  /** Vehicles in the picture: drawn one by one, or counted in cells. */
  readonly vehicles: number;
  /** Vehicles in the dictionary. */
  readonly known: number;
  readonly level: 0 | 1 | 2;
  readonly zoom: number;
  readonly center: [number, number];
  readonly metrics: { frames: number; vehiclesTold: number };
  /** Longitude and latitude on the screen now; `null` while the vehicle is only counted. */
  position(id: string): [number, number] | null;
  /** Longitude and latitude as last reported. */
  reported(id: string): [number, number] | null;
  /** Pixels within the page. */
  project(id: string): { x: number; y: number } | null;
  settle(): Promise<void>;
};

declare global {
  interface Window {
    __fleet?: FleetHandle;
  }
}

/** Puts the handle on the window; the function it returns takes it away again. */
export function exposeFleet(engine: FleetMapEngine, store: FleetStore): () => void {
  const metrics = { frames: 0, vehiclesTold: 0 };
  const unsubscribe = store.subscribe((change) => {
    metrics.frames++;
    if (change.kind === "vehicles") metrics.vehiclesTold += change.indices.length;
  });
  const handle: FleetHandle = {
    get ready() {
      return engine.ready;
    },
    get vehicles() {
      const counts = levelAt(engine.map.getZoom()) === 0 ? (store.cells?.count ?? []) : engine.buffer.shownByMark;
      return Array.from(counts).reduce((sum, count) => sum + count, 0);
    },
    get known() {
      return store.ids.length;
    },
    get level() {
      return levelAt(engine.map.getZoom());
    },
    get zoom() {
      return engine.map.getZoom();
    },
    get center() {
      const { lng, lat } = engine.map.getCenter();
      return [lng, lat] as [number, number];
    },
    get metrics() {
      return { ...metrics };
    },
    position: (id) => engine.positionOf(id),
    reported: (id) => {
      const vehicle = store.vehicle(id);
      return vehicle && [vehicle.longitude, vehicle.latitude];
    },
    project: (id) => {
      const at = engine.positionOf(id);
      if (!at) return null;
      const frame = engine.map.getContainer().getBoundingClientRect();
      const point = engine.map.project(at);
      return { x: frame.left + point.x, y: frame.top + point.y };
    },
    settle: () => engine.settle(),
  };
  window.__fleet = Object.freeze(handle);
  return () => {
    unsubscribe();
    if (window.__fleet === handle) delete window.__fleet;
  };
}
