import { MapLibreOverlay } from "@deck.gl/maplibre";
import { type Map as MapLibre, type MapMouseEvent, ScaleControl } from "maplibre-gl";
import type { FleetChange, FleetStore } from "../live/fleet-store.ts";
import { showCells } from "./cell-layer.ts";
import type { MapBounds, MapScheme, MapSite, MapTrackPoint, MapView } from "./fleet-map-props.ts";
import { countInView, fleetBounds } from "./in-view.ts";
import { cellWidthAt, joinCells } from "./join-cells.ts";
import { makeMap } from "./make-map.ts";
import { MapCamera } from "./map-camera.ts";
import { MapClock } from "./map-clock.ts";
import { addMapImages } from "./map-images.ts";
import { criticalLabels, type MapLabel, MapLabels } from "./map-labels.ts";
import { mapStyle, VEHICLES_FROM_ZOOM } from "./map-style.ts";
import { showSites } from "./site-layer.ts";
import { showTrack } from "./track-layer.ts";
import { VehicleBuffer } from "./vehicle-buffer.ts";
import { VehicleLayer, type VehicleScene } from "./vehicle-layer.ts";
import { FIRST_LOUD_MARK, markColours } from "./vehicle-marks.ts";
import { type Look, levelAt, makeViewTiles } from "./view-tiles.ts";

export type ScreenPoint = { x: number; y: number };

export type EngineOptions = {
  container: HTMLElement;
  store: FleetStore;
  view: MapView;
  scheme: MapScheme;
  /** Name of the map for assistive technology. */
  label: string;
  font: string;
  units: "us" | "metric";
  reducedMotion: boolean;
  formatCount(value: number): string;
  look(look: Look): void;
  onView(view: MapView & { bounds: MapBounds }): void;
  /** Vehicles under the pointer, nearest first; none when it left. */
  onHover(ids: string[], at: ScreenPoint): void;
  onPress(ids: string[], at: ScreenPoint): void;
  /** How many vehicles lie in the view, from time to time. */
  onCount(count: number): void;
  /** Somebody moved the map away from the vehicle it followed. */
  onFollowEnd(): void;
};

/** The selected vehicle, with where it is when the socket does not tell of it. */
export type Selection = { id: string; at: { latitude: number; longitude: number } | null; note?: string };

type PaintName = Parameters<MapLibre["setPaintProperty"]>[1];

const REACH_PIXELS = 9;
const CELLS_ON_SCREEN_EVERY_MS = 500;
const TRACK_END_EVERY_MS = 1_000;
const VIEW_COUNTED_EVERY_MS = 2_000;
const FOLLOWED_EVERY_MS = 1_000;
const CRITICAL_NAMED_FROM_ZOOM = 5.5;
const FRAMES_MIN = 4;
const FRAMES_MAX = 60;
const FAST_METRES_A_SECOND = 30;

/**
 * The fleet map without React: base map, one vehicle layer over one buffer, and the loop that asks for a redraw only as
 * often as the fastest truck crosses a quarter of a pixel.
 */
export class FleetMapEngine {
  readonly map: MapLibre;
  readonly buffer = new VehicleBuffer();
  readonly clock = new MapClock();
  readonly camera: MapCamera;

  readonly #options: EngineOptions;
  readonly #layer: VehicleLayer;
  readonly #labels: MapLabels;
  readonly #scale: ScaleControl;
  readonly #wantedTiles = makeViewTiles();
  readonly #unsubscribe: () => void;
  #scheme: MapScheme;
  #colours: VehicleScene["colours"];
  #selection: Selection | null = null;
  #track: [number, number][] = [];
  #sites: readonly MapSite[] = [];
  #following = false;
  #paused = false;
  #reducedMotion: boolean;
  #animation = 0;
  #drawnMs = 0;
  #cellsShownMs = 0;
  #cellsWaiting = false;
  #trackShownMs = 0;
  #countedMs = 0;
  #hasCounted = false;
  #followedMs = 0;
  #ready = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#scheme = options.scheme;
    this.#reducedMotion = options.reducedMotion;
    this.#colours = markColours(options.scheme);
    this.map = makeMap(options);
    this.camera = new MapCamera(this.map, options);
    this.#scale = new ScaleControl({ maxWidth: 80, unit: unitOf(options.units) });
    this.map.addControl(this.#scale, "bottom-left");
    this.#layer = new VehicleLayer({ id: "vehicles", scene: () => this.#scene() });
    this.#labels = new MapLabels(options.container);
    this.#unsubscribe = options.store.subscribe((change) => this.#take(change));
    // Not "load": that waits for every shape of the base map, and the vehicles are what people came to see.
    this.map.once("style.load", () => this.#begin());
    this.map.on("style.load", () => addMapImages(this.map, this.#scheme));
    this.#listen();
  }

  get ready(): boolean {
    return this.#ready;
  }

  destroy(): void {
    cancelAnimationFrame(this.#animation);
    this.#unsubscribe();
    this.#labels.remove();
    this.map.remove();
  }

  /** Only paint and marks change: nothing is loaded again and no vehicle is lost. */
  setScheme(scheme: MapScheme): void {
    if (scheme === this.#scheme) return;
    this.#scheme = scheme;
    this.#colours = markColours(scheme);
    this.#whenReady(() => this.#paint(scheme));
  }

  #paint(scheme: MapScheme): void {
    addMapImages(this.map, scheme);
    for (const layer of mapStyle({ scheme, font: this.#options.font, fleet: true }).layers)
      for (const [name, value] of Object.entries(layer.paint ?? {}))
        this.map.setPaintProperty(layer.id, name as PaintName, value as never);
    this.#layer.setNeedsRedraw();
  }

  setUnits(units: "us" | "metric"): void {
    this.#scale.setUnit(unitOf(units));
  }

  setSelection(selection: Selection | null): void {
    this.#selection = selection;
    this.#drawOverlays();
    this.#layer.setNeedsRedraw();
  }

  setSites(sites: readonly MapSite[]): void {
    this.#sites = sites;
    this.#whenReady(() => showSites(this.map, sites));
  }

  setTrack(track: readonly MapTrackPoint[]): void {
    this.#track = track.map(({ latitude, longitude }) => [longitude, latitude]);
    this.#whenReady(() => this.#showTrack());
  }

  /** Paused, the picture stands still; afterwards everything jumps to the present. */
  setPaused(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    if (paused) {
      this.clock.freeze();
      return;
    }
    this.clock.release();
    this.#take({ kind: "picture" });
    this.#showCells();
  }

  setReducedMotion(reduced: boolean): void {
    this.#reducedMotion = reduced;
    this.camera.reducedMotion = reduced;
  }

  /** Keeps the selected vehicle near the middle until somebody moves the map by hand. */
  setFollowing(following: boolean): void {
    this.#following = following;
    const at = following && this.#selectedPlace();
    if (at) this.camera.reveal(at, { always: true });
  }

  /** The map wide enough for all that moves. */
  showFleet(): void {
    this.camera.showBounds(fleetBounds(this.#options.store, this.#sites));
  }

  /** Where a vehicle is on the screen now, or `null` when the socket does not tell of it. */
  positionOf(id: string): [number, number] | null {
    const index = this.#options.store.indexOf(id);
    return index !== null && this.buffer.isShown(index) ? this.buffer.positionAt(index, this.clock.nowS) : null;
  }

  /** Ends all gliding, draws, and waits until the map has nothing left to load. */
  async settle(): Promise<void> {
    this.clock.freeze(Math.max(this.clock.nowS, this.buffer.glidesUntilS));
    this.#showCells();
    this.#drawOverlays();
    this.#layer.setNeedsRedraw();
    if (!this.map.loaded() || this.map.isMoving()) await this.map.once("idle");
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }

  #begin(): void {
    this.map.addControl(new MapLibreOverlay({ interleaved: false, layers: [this.#layer] }));
    this.#ready = true;
    this.#askForTiles();
    this.#take({ kind: "picture" });
    this.#showCells();
    this.#reportView();
    this.#animation = requestAnimationFrame((nowMs) => this.#loop(nowMs));
  }

  #listen(): void {
    const { map } = this;
    map.on("move", () => {
      this.#askForTiles();
      this.#drawOverlays();
    });
    map.on("zoomend", () => this.#showCells());
    map.on("moveend", () => this.#reportView());
    map.on("dragstart", () => this.#endFollowing());
    map.on("movestart", ({ originalEvent }) => {
      if (originalEvent instanceof KeyboardEvent && originalEvent.key.startsWith("Arrow")) this.#endFollowing();
    });
    map.on("click", (event) => this.#press(event));
    let waiting = false;
    map.on("mousemove", ({ point }) => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        const ids = this.#vehiclesAt(point);
        map.getCanvas().style.cursor = ids.length > 0 ? "pointer" : "";
        this.#options.onHover(ids, point);
      });
    });
    map.on("movestart", () => this.#options.onHover([], { x: 0, y: 0 }));
    map.on("mouseout", ({ point }) => this.#options.onHover([], point));
  }

  #take(change: FleetChange): void {
    if (this.#paused) return;
    if (change.kind === "cells") {
      this.#cellsWaiting = true;
      return;
    }
    const indices = change.kind === "vehicles" ? change.indices : null;
    if (!indices) this.#countedMs = 0;
    this.buffer.update(this.#options.store, indices, this.clock.nowS, !this.#reducedMotion);
  }

  #loop(nowMs: number): void {
    this.#animation = requestAnimationFrame((nextMs) => this.#loop(nextMs));
    if (nowMs - this.#drawnMs < 1000 / this.#framesASecond() - 4) return;
    this.#drawnMs = nowMs;
    if (this.#cellsWaiting && nowMs - this.#cellsShownMs > CELLS_ON_SCREEN_EVERY_MS) this.#showCells();
    if (nowMs - this.#countedMs > VIEW_COUNTED_EVERY_MS) this.#countView();
    if (this.#following && nowMs - this.#followedMs > FOLLOWED_EVERY_MS) this.#follow(nowMs);
    if (!this.buffer.isDirty && this.clock.nowS > this.buffer.glidesUntilS) return;
    this.#layer.setNeedsRedraw();
    this.#drawOverlays();
    if (this.#track.length > 0 && nowMs - this.#trackShownMs > TRACK_END_EVERY_MS) this.#showTrack();
  }

  #countView(): void {
    this.#countedMs = performance.now();
    const level = levelAt(this.map.getZoom());
    const vehicles = { store: this.#options.store, buffer: this.buffer, nowS: this.clock.nowS };
    const count = countInView(vehicles, this.#bounds(), level);
    // Before the first picture has come, nothing is known rather than nobody there.
    this.#hasCounted ||= count > 0;
    if (this.#hasCounted) this.#options.onCount(count);
  }

  #follow(nowMs: number): void {
    this.#followedMs = nowMs;
    const at = this.#selectedPlace();
    if (at && !this.#paused) this.camera.follow(at);
  }

  #endFollowing(): void {
    if (!this.#following) return;
    this.#following = false;
    this.#options.onFollowEnd();
  }

  /** Four frames for each pixel that the fastest truck crosses at this zoom. */
  #framesASecond(): number {
    const metresAPixel =
      (40_075_016 * Math.cos((this.map.getCenter().lat * Math.PI) / 180)) / (512 * 2 ** this.map.getZoom());
    return Math.max(FRAMES_MIN, Math.min(FRAMES_MAX, (FAST_METRES_A_SECOND / metresAPixel) * 4));
  }

  #scene(): VehicleScene {
    const zoom = this.map.getZoom();
    return {
      buffer: this.buffer,
      nowS: this.clock.nowS,
      colours: this.#colours,
      zoom,
      quietToo: zoom >= VEHICLES_FROM_ZOOM,
      selected: this.#selection && this.#options.store.indexOf(this.#selection.id),
    };
  }

  #askForTiles(): void {
    const wanted = this.#wantedTiles(this.map.getZoom(), this.#bounds());
    if (wanted) this.#options.look(wanted);
  }

  #reportView(): void {
    if (!this.#ready) return;
    const { lng, lat } = this.map.getCenter();
    this.#options.onView({ center: [lng, lat], zoom: this.map.getZoom(), bounds: this.#bounds() });
    this.#countView();
  }

  #bounds(): MapBounds {
    const bounds = this.map.getBounds();
    return { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() };
  }

  #press({ point, lngLat }: MapMouseEvent): void {
    const ids = this.#vehiclesAt(point);
    const isCell =
      ids.length === 0 && this.#ready && this.map.queryRenderedFeatures(point, { layers: ["cells"] }).length > 0;
    if (isCell) this.camera.go({ center: lngLat, zoom: Math.min(VEHICLES_FROM_ZOOM + 0.2, this.map.getZoom() + 1.5) });
    else this.#options.onPress(ids, point);
  }

  /** A linear scan of the buffer: milliseconds at any fleet size, and no index to keep. */
  #vehiclesAt(point: ScreenPoint): string[] {
    if (!this.#ready) return [];
    const middle = this.map.unproject([point.x, point.y]);
    const edge = this.map.unproject([point.x + REACH_PIXELS, point.y + REACH_PIXELS]);
    const reach = [Math.abs(edge.lng - middle.lng), Math.abs(edge.lat - middle.lat)] as const;
    const quietToo = this.map.getZoom() >= VEHICLES_FROM_ZOOM;
    return this.buffer
      .near(middle.lng, middle.lat, reach[0], reach[1], this.clock.nowS)
      .filter((index) => quietToo || this.buffer.markOf(index) >= FIRST_LOUD_MARK)
      .map((index) => this.#options.store.ids[index]!);
  }

  #showCells(): void {
    const { cells } = this.#options.store;
    this.#cellsWaiting = false;
    this.#cellsShownMs = performance.now();
    if (!cells || !this.#ready || this.map.getZoom() >= VEHICLES_FROM_ZOOM) return;
    showCells(this.map, joinCells(cells, cellWidthAt(this.map.getZoom())), this.#options.formatCount);
  }

  #showTrack(): void {
    this.#trackShownMs = performance.now();
    const end = this.#track.length > 0 && this.#selection ? this.positionOf(this.#selection.id) : null;
    showTrack(this.map, end ? [...this.#track, end] : this.#track);
  }

  #drawOverlays(): void {
    this.#labels.show([...this.#criticalLabels(), ...this.#selectionLabel()], (at) => this.map.project([at[0], at[1]]));
  }

  #selectionLabel(): MapLabel[] {
    const place = this.#selectedPlace();
    if (!this.#selection || !place) return [];
    const { id, note } = this.#selection;
    const ring = this.positionOf(id) === null;
    return [
      {
        key: "selected",
        title: id,
        ...(note && { note }),
        kind: "selected",
        ring,
        at: [place.longitude, place.latitude],
      },
    ];
  }

  #selectedPlace(): { latitude: number; longitude: number } | null {
    if (!this.#selection) return null;
    const seen = this.positionOf(this.#selection.id);
    return seen ? { longitude: seen[0], latitude: seen[1] } : this.#selection.at;
  }

  #criticalLabels(): MapLabel[] {
    if (this.map.getZoom() < CRITICAL_NAMED_FROM_ZOOM) return [];
    const { buffer, clock } = this;
    const bounds = this.#bounds();
    const named = { buffer, nowS: clock.nowS, bounds, ids: this.#options.store.ids, except: this.#selection?.id };
    return criticalLabels(named);
  }

  #whenReady(work: () => void): void {
    if (this.#ready) work();
    else this.map.once("load", work);
  }
}

const unitOf = (units: "us" | "metric") => (units === "us" ? "imperial" : "metric");
