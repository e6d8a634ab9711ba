import type { FleetStore } from "../live/fleet-store.ts";
import type { BaseMapOptions } from "./base-map.ts";
import type { MapBounds, MapView } from "./fleet-map-props.ts";
import type { Look } from "./view-tiles.ts";

export type ScreenPoint = { x: number; y: number };

export type EngineOptions = Omit<BaseMapOptions, "fleet"> & {
  store: FleetStore;
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
