import { booleanPointInPolygon } from "@turf/boolean-point-in-polygon";
import { EARTH_RADIUS_M, type FenceArea, isWithin } from "../../domain/fence/fence-area.ts";

const RADIANS = Math.PI / 180;

export type PolygonPoints = readonly { latitude: number; longitude: number }[];

/** A drawn fence. It ends at its lines, with no margin: who draws one says exactly where it is. Not across the date line. */
export function polygonArea(id: string, isSite: boolean, points: PolygonPoints): FenceArea {
  const ring = [...points, points[0]!].map(({ latitude, longitude }) => [longitude, latitude]);
  const polygon = { type: "Polygon" as const, coordinates: [ring] };
  const latitudes = points.map(({ latitude }) => latitude);
  const longitudes = points.map(({ longitude }) => longitude);
  const bounds = {
    south: Math.min(...latitudes),
    north: Math.max(...latitudes),
    west: Math.min(...longitudes),
    east: Math.max(...longitudes),
  };
  const contains = (latitude: number, longitude: number) =>
    isWithin(bounds, latitude, longitude) && booleanPointInPolygon([longitude, latitude], polygon);
  return { id, isSite, areaM2: areaM2(points), bounds, contains, holds: contains };
}

/** Good enough to tell the smaller of two fences: the shoelace sum, on a flat map of the fence's own latitude. */
function areaM2(points: PolygonPoints): number {
  const middle = points.reduce((sum, { latitude }) => sum + latitude, 0) / points.length;
  const metres = points.map(({ latitude, longitude }) => [
    longitude * RADIANS * EARTH_RADIUS_M * Math.cos(middle * RADIANS),
    latitude * RADIANS * EARTH_RADIUS_M,
  ]);
  const twice = metres.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = metres[(index + 1) % metres.length]!;
    return sum + x! * nextY! - nextX! * y!;
  }, 0);
  return Math.abs(twice) / 2;
}
