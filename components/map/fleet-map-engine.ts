import { MapLibreOverlay } from "@deck.gl/maplibre";
import type { Map as MapLibre } from "maplibre-gl";
import type { FleetChange } from "../live/fleet-store.ts";
import { BaseMap, type Units } from "./base-map.ts";
import { showCells } from "./cell-layer.ts";
import type { EngineOptions, Selection } from "./fleet-engine-options.ts";
import type { MapScheme, MapSite, MapTrackPoint } from "./fleet-map-props.ts";
import { countInView, fleetBounds } from "./in-view.ts";
import { cellWidthAt, joinCells } from "./join-cells.ts";
import type { MapCamera } from "./map-camera.ts";
import { MapClock } from "./map-clock.ts";
import { MapFollow } from "./map-follow.ts";
import { criticalLabels, type MapLabel, MapLabels } from "./map-labels.ts";
import { VEHICLES_FROM_ZOOM } from "./map-style.ts";
import { framesASecond } from "./redraw-rate.ts";
import { showSites } from "./site-layer.ts";
import { VehicleBuffer } from "./vehicle-buffer.ts";
import { VehicleLayer, type VehicleScene } from "./vehicle-layer.ts";
import { markColours } from "./vehicle-marks.ts";
import { followPointer } from "./vehicle-pointer.ts";
import { VehicleSelection } from "./vehicle-selection.ts";
import { levelAt, makeViewTiles } from "./view-tiles.ts";

const CELLS_ON_SCREEN_EVERY_MS = 500;
const VIEW_COUNTED_EVERY_MS = 2_000;
const CRITICAL_NAMED_FROM_ZOOM = 5.5;

/**
 * The fleet map without React: base map, one vehicle layer over one buffer, and the loop that asks for a redraw only as
 * often as the fastest truck crosses a quarter of a pixel.
 */
export class FleetMapEngine {
  readonly map: MapLibre;
  readonly camera: MapCamera;
  readonly buffer = new VehicleBuffer();
  readonly clock = new MapClock();

  readonly #options: EngineOptions;
  readonly #base: BaseMap;
  readonly #layer: VehicleLayer;
  readonly #labels: MapLabels;
  readonly #selection: VehicleSelection;
  readonly #follow: MapFollow;
  readonly #wantedTiles = makeViewTiles();
  readonly #unsubscribe: () => void;
  #colours: VehicleScene["colours"];
  #sites: readonly MapSite[] = [];
  #paused = false;
  #reducedMotion: boolean;
  #animation = 0;
  #drawnMs = 0;
  #cellsShownMs = 0;
  #cellsWaiting = false;
  #countedMs = 0;
  #hasCounted = false;
  #ready = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#reducedMotion = options.reducedMotion;
    this.#colours = markColours(options.scheme);
    this.#base = new BaseMap({ ...options, fleet: true });
    this.map = this.#base.map;
    this.camera = this.#base.camera;
    this.#layer = new VehicleLayer({ id: "vehicles", scene: () => this.#scene() });
    this.#labels = new MapLabels(options.container);
    this.#selection = new VehicleSelection({ map: this.map, positionOf: (id) => this.positionOf(id) });
    const place = () => this.#selection.place;
    this.#follow = new MapFollow({ camera: this.camera, place, onEnd: () => options.onFollowEnd() });
    this.#unsubscribe = options.store.subscribe((change) => this.#take(change));
    this.#base.whenReady(() => this.#begin());
    this.#listen();
  }

  get ready(): boolean {
    return this.#ready;
  }

  destroy(): void {
    cancelAnimationFrame(this.#animation);
    this.#unsubscribe();
    this.#labels.remove();
    this.#base.remove();
  }

  /** Only paint and marks change: nothing is loaded again and no vehicle is lost. */
  setScheme(scheme: MapScheme): void {
    this.#colours = markColours(scheme);
    this.#base.setScheme(scheme, () => this.#layer.setNeedsRedraw());
  }

  setUnits(units: Units): void {
    this.#base.setUnits(units);
  }

  setSelection(selection: Selection | null): void {
    this.#selection.chosen = selection;
    this.#drawOverlays();
    this.#layer.setNeedsRedraw();
  }

  setSites(sites: readonly MapSite[]): void {
    this.#sites = sites;
    this.#base.whenReady(() => showSites(this.map, sites));
  }

  setTrack(track: readonly MapTrackPoint[]): void {
    this.#selection.setTrack(track);
    this.#base.whenReady(() => this.#selection.showTrack());
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

  setFollowing(following: boolean): void {
    this.#follow.set(following);
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
    const { map, camera, buffer, clock } = this;
    map.on("move", () => {
      this.#askForTiles();
      this.#drawOverlays();
    });
    map.on("zoomend", () => this.#showCells());
    map.on("moveend", () => this.#reportView());
    map.on("dragstart", () => this.#follow.end());
    map.on("movestart", ({ originalEvent }) => {
      if (originalEvent instanceof KeyboardEvent && originalEvent.key.startsWith("Arrow")) this.#follow.end();
    });
    followPointer({ map, camera, buffer, clock, isReady: () => this.#ready, options: this.#options });
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
    if (nowMs - this.#drawnMs < 1000 / framesASecond(this.map) - 4) return;
    this.#drawnMs = nowMs;
    if (this.#cellsWaiting && nowMs - this.#cellsShownMs > CELLS_ON_SCREEN_EVERY_MS) this.#showCells();
    if (nowMs - this.#countedMs > VIEW_COUNTED_EVERY_MS) this.#countView();
    this.#follow.step(nowMs, this.#paused);
    if (!this.buffer.isDirty && this.clock.nowS > this.buffer.glidesUntilS) return;
    this.#layer.setNeedsRedraw();
    this.#drawOverlays();
    this.#selection.moveTrackEnd(nowMs);
  }

  #countView(): void {
    this.#countedMs = performance.now();
    const level = levelAt(this.map.getZoom());
    const vehicles = { store: this.#options.store, buffer: this.buffer, nowS: this.clock.nowS };
    const count = countInView(vehicles, this.#base.bounds, level);
    // Before the first picture has come, nothing is known rather than nobody there.
    this.#hasCounted ||= count > 0;
    if (this.#hasCounted) this.#options.onCount(count);
  }

  #scene(): VehicleScene {
    const zoom = this.map.getZoom();
    const { chosen } = this.#selection;
    return {
      buffer: this.buffer,
      nowS: this.clock.nowS,
      colours: this.#colours,
      zoom,
      quietToo: zoom >= VEHICLES_FROM_ZOOM,
      selected: chosen && this.#options.store.indexOf(chosen.id),
    };
  }

  #askForTiles(): void {
    const wanted = this.#wantedTiles(this.map.getZoom(), this.#base.bounds);
    if (wanted) this.#options.look(wanted);
  }

  #reportView(): void {
    if (!this.#ready) return;
    this.#options.onView(this.#base.view);
    this.#countView();
  }

  #showCells(): void {
    const { cells } = this.#options.store;
    this.#cellsWaiting = false;
    this.#cellsShownMs = performance.now();
    if (!cells || !this.#ready || this.map.getZoom() >= VEHICLES_FROM_ZOOM) return;
    showCells(this.map, joinCells(cells, cellWidthAt(this.map.getZoom())), this.#options.formatCount);
  }

  #drawOverlays(): void {
    const labels = [...this.#criticalLabels(), ...this.#selection.labels];
    this.#labels.show(labels, (at) => this.map.project([at[0], at[1]]));
  }

  #criticalLabels(): MapLabel[] {
    if (this.map.getZoom() < CRITICAL_NAMED_FROM_ZOOM) return [];
    return criticalLabels({
      buffer: this.buffer,
      nowS: this.clock.nowS,
      bounds: this.#base.bounds,
      ids: this.#options.store.ids,
      except: this.#selection.chosen?.id,
    });
  }
}
