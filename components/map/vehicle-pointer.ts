import type { Map as MapLibre, MapMouseEvent } from "maplibre-gl";
import type { EngineOptions, ScreenPoint } from "./fleet-engine-options.ts";
import type { MapCamera } from "./map-camera.ts";
import type { MapClock } from "./map-clock.ts";
import { VEHICLES_FROM_ZOOM } from "./map-style.ts";
import type { VehicleBuffer } from "./vehicle-buffer.ts";
import { FIRST_LOUD_MARK } from "./vehicle-marks.ts";

const REACH_PIXELS = 9;

type Deps = {
  map: MapLibre;
  camera: MapCamera;
  buffer: VehicleBuffer;
  clock: MapClock;
  isReady(): boolean;
  options: Pick<EngineOptions, "store" | "onHover" | "onPress">;
};

/** Tells what the pointer is over and what was pressed: a vehicle, a cell, or an empty spot. */
export function followPointer({ map, camera, buffer, clock, isReady, options }: Deps): void {
  /** A linear scan of the buffer: milliseconds at any fleet size, and no index to keep. */
  const vehiclesAt = (point: ScreenPoint): string[] => {
    if (!isReady()) return [];
    const middle = map.unproject([point.x, point.y]);
    const edge = map.unproject([point.x + REACH_PIXELS, point.y + REACH_PIXELS]);
    const reach = [Math.abs(edge.lng - middle.lng), Math.abs(edge.lat - middle.lat)] as const;
    const quietToo = map.getZoom() >= VEHICLES_FROM_ZOOM;
    return buffer
      .near(middle.lng, middle.lat, reach[0], reach[1], clock.nowS)
      .filter((index) => quietToo || buffer.markOf(index) >= FIRST_LOUD_MARK)
      .map((index) => options.store.ids[index]!);
  };

  const press = ({ point, lngLat }: MapMouseEvent) => {
    const ids = vehiclesAt(point);
    const isCell = ids.length === 0 && isReady() && map.queryRenderedFeatures(point, { layers: ["cells"] }).length > 0;
    if (isCell) camera.go({ center: lngLat, zoom: Math.min(VEHICLES_FROM_ZOOM + 0.2, map.getZoom() + 1.5) });
    else options.onPress(ids, point);
  };

  let waiting = false;
  map.on("click", press);
  map.on("mousemove", ({ point }) => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const ids = vehiclesAt(point);
      map.getCanvas().style.cursor = ids.length > 0 ? "pointer" : "";
      options.onHover(ids, point);
    });
  });
  map.on("movestart", () => options.onHover([], { x: 0, y: 0 }));
  map.on("mouseout", ({ point }) => options.onHover([], point));
}
