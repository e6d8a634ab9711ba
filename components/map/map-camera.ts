import type { LngLatLike, Map as MapLibre } from "maplibre-gl";
import type { MapBounds, MapView } from "./fleet-map-props.ts";
import { VEHICLES_FROM_ZOOM } from "./map-style.ts";

type Place = { latitude: number; longitude: number };
type Goal = { center?: LngLatLike; zoom: number; offset?: [number, number] };

const EASE_MS = 300;
/** Near enough to see one vehicle among its neighbours. */
const REVEAL_ZOOM = 8;
const WHOLE_FLEET_ZOOM_MAX = 12;
/** What is nearer to an edge than this counts as not seen. */
const EDGE_PIXELS = 48;
/** A followed vehicle may wander this far from the middle before the map moves: it stays calm. */
const FOLLOW_PIXELS = 64;

/**
 * Moves the map. A panel may lie over its right side (`--map-covered-right`): what is brought into view comes into the
 * part that is left.
 */
export class MapCamera {
  reducedMotion: boolean;
  readonly #map: MapLibre;
  /** Where the present movement ends. */
  #goal: Goal | null = null;
  /** Asked for while the map had no size. */
  #waiting: (() => void) | null = null;

  constructor(map: MapLibre, { reducedMotion }: { reducedMotion: boolean }) {
    this.#map = map;
    this.reducedMotion = reducedMotion;
    map.on("resize", () => this.#resized());
    map.on("moveend", () => {
      if (!map.isMoving()) this.#goal = null;
    });
  }

  setView({ center, zoom }: MapView): void {
    const here = this.#map.getCenter();
    const moved = Math.abs(here.lng - center[0]) + Math.abs(here.lat - center[1]) > 1e-4;
    if (moved || Math.abs(this.#map.getZoom() - zoom) >= 0.01) this.go({ center: [center[0], center[1]], zoom });
  }

  zoomBy(levels: 1 | -1): void {
    this.go({ zoom: this.#map.getZoom() + levels });
  }

  go(goal: Goal, durationMs = EASE_MS): void {
    this.#goal = goal;
    this.#map.easeTo({ ...goal, duration: this.reducedMotion ? 0 : durationMs });
  }

  /** Brings a place into view: not at all when it is seen, aside when it is near, and closer when it is far off. */
  reveal(place: Place, { zoomMin = REVEAL_ZOOM, always = false } = {}): void {
    this.#whenSized(() => {
      const { clientWidth, clientHeight } = this.#map.getContainer();
      const { x, y } = this.#map.project([place.longitude, place.latitude]);
      const covered = this.#coveredRight();
      const isWithin = (margin: number) =>
        x > margin && x < clientWidth - covered - margin && y > margin && y < clientHeight - margin;
      const zoom = this.#map.getZoom();
      const drawsVehicles = zoom >= VEHICLES_FROM_ZOOM;
      if (drawsVehicles && isWithin(EDGE_PIXELS) && !always) return;
      const isNear = isWithin(-clientWidth / 2);
      const nextZoom = drawsVehicles && isNear && !always ? zoom : Math.max(zoom, zoomMin);
      this.go(this.#middle(place, nextZoom), isNear ? EASE_MS : 0);
    });
  }

  /** Keeps a moving place near the middle. */
  follow(place: Place): void {
    if (this.#map.isMoving()) return;
    const { clientWidth, clientHeight } = this.#map.getContainer();
    const { x, y } = this.#map.project([place.longitude, place.latitude]);
    const aside = Math.hypot(x - (clientWidth - this.#coveredRight()) / 2, y - clientHeight / 2);
    if (aside > FOLLOW_PIXELS) this.go(this.#middle(place, this.#map.getZoom()));
  }

  showBounds({ west, south, east, north }: MapBounds): void {
    const margin = EDGE_PIXELS;
    const right = margin + this.#coveredRight();
    const camera = this.#map.cameraForBounds([west, south, east, north], {
      padding: { top: margin, bottom: margin, left: margin, right },
      maxZoom: WHOLE_FLEET_ZOOM_MAX,
    });
    if (camera?.center && camera.zoom !== undefined) this.go({ center: camera.center, zoom: camera.zoom });
  }

  #middle({ latitude, longitude }: Place, zoom: number): Goal {
    return { center: [longitude, latitude], zoom, offset: [-this.#coveredRight() / 2, 0] };
  }

  #coveredRight(): number {
    const style = getComputedStyle(this.#map.getContainer());
    return Number.parseFloat(style.getPropertyValue("--map-covered-right")) || 0;
  }

  /** A panel that opened a moment ago has changed the room; the map hears of it only later, or when it is shown. */
  #whenSized(work: () => void): void {
    const { clientWidth, clientHeight } = this.#map.getContainer();
    this.#waiting = null;
    if (clientWidth === 0 || clientHeight === 0) {
      this.#waiting = work;
      return;
    }
    const canvas = this.#map.getCanvas();
    if (canvas.clientWidth !== clientWidth || canvas.clientHeight !== clientHeight) this.#map.resize();
    work();
  }

  /** A movement aims at the room there was when it began, so it is ended at once in the new one. */
  #resized(): void {
    const goal = this.#goal;
    if (goal) this.go(goal, 0);
    if (this.#waiting && this.#map.getContainer().clientWidth > 0) this.#whenSized(this.#waiting);
  }
}
