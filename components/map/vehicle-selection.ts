import type { Map as MapLibre } from "maplibre-gl";
import type { Selection } from "./fleet-engine-options.ts";
import type { MapTrackPoint } from "./fleet-map-props.ts";
import type { MapLabel } from "./map-labels.ts";
import { showTrack } from "./track-layer.ts";

const TRACK_END_EVERY_MS = 1_000;

type Place = { latitude: number; longitude: number };

/** The selected vehicle: where it is, what is written beside it, and the way it has come. */
export class VehicleSelection {
  chosen: Selection | null = null;
  readonly #map: MapLibre;
  /** Where a vehicle is on the screen now; `null` when the vehicle layer does not draw it. */
  readonly #positionOf: (id: string) => [number, number] | null;
  #track: [number, number][] = [];
  #trackShownMs = 0;

  constructor({
    map,
    positionOf,
  }: {
    map: MapLibre;
    positionOf(id: string): [number, number] | null;
  }) {
    this.#map = map;
    this.#positionOf = positionOf;
  }

  get place(): Place | null {
    if (!this.chosen) return null;
    const seen = this.#positionOf(this.chosen.id);
    return seen ? { longitude: seen[0], latitude: seen[1] } : this.chosen.at;
  }

  get labels(): MapLabel[] {
    const { place, chosen } = this;
    if (!chosen || !place) return [];
    const { id, note } = chosen;
    const ring = this.#positionOf(id) === null;
    const at = [place.longitude, place.latitude] as const;
    return [{ key: "selected", title: id, ...(note && { note }), kind: "selected", ring, at }];
  }

  setTrack(track: readonly MapTrackPoint[]): void {
    this.#track = track.map(({ latitude, longitude }) => [longitude, latitude]);
  }

  showTrack(): void {
    this.#trackShownMs = performance.now();
    const end = this.#track.length > 0 && this.chosen ? this.#positionOf(this.chosen.id) : null;
    showTrack(this.#map, end ? [...this.#track, end] : this.#track);
  }

  /** The end of the track glides with the vehicle, at a lower rate. */
  moveTrackEnd(nowMs: number): void {
    if (this.#track.length > 0 && nowMs - this.#trackShownMs > TRACK_END_EVERY_MS) this.showTrack();
  }
}
