import type { Map as MapLibre } from "maplibre-gl";
import type { ReactNode } from "react";
import type { MapBounds, MapReveal, MapScheme, MapView } from "./fleet-map-props.ts";

export type TowerMapProps = {
  /** Name of the map for assistive technology. */
  label: string;
  /** Where the map looks when that comes from outside (the address); `null` while nobody has moved it. */
  view: MapView | null;
  /** After a movement that somebody made has come to rest. */
  onView?(view: MapView & { bounds: MapBounds }): void;
  /**
   * Puts what the page shows on the map, and does it again when the function or the scheme changes: `showOverlay` adds
   * what is not there and changes what is. `font` is the one the page has loaded.
   */
  draw(map: MapLibre, scheme: MapScheme, font: string): void;
  /** All there is to see: where a map begins that nobody has moved, and where its third button leads. */
  whole?: MapBounds | null;
  /** A place to bring into view; a new object asks again. */
  reveal?: MapReveal | null;
  /** Layers whose features can be pressed, the topmost first; each feature has an `id` among its properties. */
  pressable?: readonly string[];
  /** `null` when an empty spot was pressed. */
  onPress?(id: string | null): void;
  /** Words beside the pointer for the feature under it. The page's list says the same to the keyboard. */
  describe?(id: string): ReactNode;
  /** What is shown is old: the map loses its saturation. */
  stale?: boolean;
  /** The map itself, for tools that draw on it; `null` when it goes. */
  onMap?(map: MapLibre | null): void;
  /** What lies over the map. */
  children?: ReactNode;
};
