import { EARTH_RADIUS_M, type FenceArea, nearDistanceM } from "./fence-area.ts";

/** How far past its edge a circle still holds whom it had. */
const MARGIN_SHARE = 0.15;
const MARGIN_M_MIN = 50;
const METRES_PER_DEGREE = (EARTH_RADIUS_M * Math.PI) / 180;

export type Circle = { latitude: number; longitude: number; radiusM: number };

export function circleArea(id: string, isSite: boolean, { latitude, longitude, radiusM }: Circle): FenceArea {
  const heldM = radiusM + Math.max(MARGIN_M_MIN, radiusM * MARGIN_SHARE);
  // A little too wide is safe, the distance decides: near a pole all longitudes are near.
  const north = (radiusM / METRES_PER_DEGREE) * 1.01;
  const shrunk = Math.cos((Math.min(89.9, Math.abs(latitude) + north) * Math.PI) / 180);
  const east = Math.min(180, north / shrunk);
  return {
    id,
    isSite,
    areaM2: Math.PI * radiusM * radiusM,
    bounds: {
      south: Math.max(-90, latitude - north),
      north: Math.min(90, latitude + north),
      ...spanOf(longitude, east),
    },
    contains: (atLatitude, atLongitude) => nearDistanceM(latitude, longitude, atLatitude, atLongitude) <= radiusM,
    holds: (atLatitude, atLongitude) => nearDistanceM(latitude, longitude, atLatitude, atLongitude) <= heldM,
  };
}

function spanOf(longitude: number, halfDegrees: number): { west: number; east: number } {
  if (halfDegrees >= 180) return { west: -180, east: 180 };
  const west = longitude - halfDegrees;
  const east = longitude + halfDegrees;
  return { west: west < -180 ? west + 360 : west, east: east > 180 ? east - 360 : east };
}
