import type { FenceShape } from "@/server/contracts/fence.ts";
import type { Corner } from "@/server/contracts/fence-polygon.ts";

const METRES_A_DEGREE = 111_195;
const RING_CORNERS = 64;
/** Corners to begin a polygon from. */
const FIRST_CORNERS = 6;
const DEGREE_DIGITS = 6;

/** Six decimals are a tenth of a metre: more is noise of the pointer. */
export const roundDegrees = (degrees: number): number => Number(degrees.toFixed(DEGREE_DIGITS));

/** The corners of a shape, as the map draws it. */
export function cornersOf(shape: FenceShape): Corner[] {
  return shape.kind === "polygon" ? shape.points : ringAround(shape, shape.radiusM, RING_CORNERS);
}

/** A polygon to begin from where there was a circle. */
export function polygonOf(shape: FenceShape): Corner[] {
  if (shape.kind === "polygon") return shape.points;
  return ringAround(shape, shape.radiusM, FIRST_CORNERS).map(({ latitude, longitude }) => ({
    latitude: roundDegrees(latitude),
    longitude: roundDegrees(longitude),
  }));
}

function ringAround({ latitude, longitude }: Corner, radiusM: number, corners: number): Corner[] {
  const height = radiusM / METRES_A_DEGREE;
  // Near the poles a circle has no width in degrees that could be drawn.
  const width = height / Math.max(0.01, Math.cos((latitude * Math.PI) / 180));
  return Array.from({ length: corners }, (_, index) => {
    const angle = (index / corners) * 2 * Math.PI;
    return { latitude: latitude + height * Math.sin(angle), longitude: longitude + width * Math.cos(angle) };
  });
}

/** A ring as GeoJSON wants it: longitude first, closed. */
export function closedRing(corners: readonly Corner[]): [number, number][] {
  const ring = corners.map(({ latitude, longitude }): [number, number] => [longitude, latitude]);
  return ring.length > 0 ? [...ring, ring[0]!] : ring;
}

/** The circle that stands where a polygon was. */
export function circleOf(shape: FenceShape): Extract<FenceShape, { kind: "circle" }> {
  if (shape.kind === "circle") return shape;
  const { points } = shape;
  const middle = {
    latitude: roundDegrees(points.reduce((sum, { latitude }) => sum + latitude, 0) / points.length),
    longitude: roundDegrees(points.reduce((sum, { longitude }) => sum + longitude, 0) / points.length),
  };
  const across = Math.cos((middle.latitude * Math.PI) / 180);
  const reaches = points.map(({ latitude, longitude }) =>
    Math.hypot(latitude - middle.latitude, (longitude - middle.longitude) * across),
  );
  const radiusM = Math.round(Math.max(...reaches) * METRES_A_DEGREE);
  return { kind: "circle", ...middle, radiusM: Math.min(100_000, Math.max(10, radiusM)) };
}
