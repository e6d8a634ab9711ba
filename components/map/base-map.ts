import { type Map as MapLibre, ScaleControl } from "maplibre-gl";
import type { MapBounds, MapScheme, MapView } from "./fleet-map-props.ts";
import { makeMap } from "./make-map.ts";
import { MapCamera } from "./map-camera.ts";
import { addMapImages } from "./map-images.ts";
import { mapStyle } from "./map-style.ts";

export type Units = "us" | "metric";

export type BaseMapOptions = {
  container: HTMLElement;
  view: MapView;
  scheme: MapScheme;
  /** Name of the map for assistive technology. */
  label: string;
  /** A font that the page has loaded. */
  font: string;
  units: Units;
  reducedMotion: boolean;
  /** Whether the layers of the live fleet belong to it. */
  fleet: boolean;
};

type PaintName = Parameters<MapLibre["setPaintProperty"]>[1];

/** The map that every page stands on: land, marks, camera and scale, with nothing of the operation on it yet. */
export class BaseMap {
  readonly map: MapLibre;
  readonly camera: MapCamera;
  readonly #options: BaseMapOptions;
  readonly #scale: ScaleControl;
  #scheme: MapScheme;
  #ready = false;

  constructor(options: BaseMapOptions) {
    this.#options = options;
    this.#scheme = options.scheme;
    this.map = makeMap(options);
    this.camera = new MapCamera(this.map, options);
    this.#scale = new ScaleControl({ maxWidth: 80, unit: unitOf(options.units) });
    this.map.addControl(this.#scale, "bottom-left");
    // Not "load": that waits for every shape of the base map, and people came to see what stands on it.
    this.map.on("style.load", () => {
      this.#ready = true;
      addMapImages(this.map, this.#scheme);
    });
  }

  get ready(): boolean {
    return this.#ready;
  }

  get scheme(): MapScheme {
    return this.#scheme;
  }

  get bounds(): MapBounds {
    const bounds = this.map.getBounds();
    return { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() };
  }

  get view(): MapView & { bounds: MapBounds } {
    const { lng, lat } = this.map.getCenter();
    return { center: [lng, lat], zoom: this.map.getZoom(), bounds: this.bounds };
  }

  /** Only paint and marks change: nothing is loaded again. `painted` follows when it is done, not when nothing changes. */
  setScheme(scheme: MapScheme, painted: () => void): void {
    if (scheme === this.#scheme) return;
    this.#scheme = scheme;
    this.whenReady(() => {
      this.#paint(scheme);
      painted();
    });
  }

  setUnits(units: Units): void {
    this.#scale.setUnit(unitOf(units));
  }

  whenReady(work: () => void): void {
    if (this.#ready) work();
    else this.map.once("style.load", work);
  }

  remove(): void {
    this.map.remove();
  }

  #paint(scheme: MapScheme): void {
    const { font, fleet } = this.#options;
    addMapImages(this.map, scheme);
    for (const layer of mapStyle({ scheme, font, fleet }).layers)
      for (const [name, value] of Object.entries(layer.paint ?? {}))
        this.map.setPaintProperty(layer.id, name as PaintName, value as never);
  }
}

const unitOf = (units: Units) => (units === "us" ? "imperial" : "metric");
