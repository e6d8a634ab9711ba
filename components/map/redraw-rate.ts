import type { Map as MapLibre } from "maplibre-gl";

const FRAMES_MIN = 4;
const FRAMES_MAX = 60;
const FAST_METRES_A_SECOND = 30;
const EQUATOR_METRES = 40_075_016;

/** Four frames a second for each pixel that the fastest truck crosses at this zoom. */
export function framesASecond(map: MapLibre): number {
  const metresAPixel = (EQUATOR_METRES * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (512 * 2 ** map.getZoom());
  return Math.max(FRAMES_MIN, Math.min(FRAMES_MAX, (FAST_METRES_A_SECOND / metresAPixel) * 4));
}
