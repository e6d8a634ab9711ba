/** Degrees; `west` may be greater than `east` where a fence lies across the date line. */
export type Bounds = { south: number; west: number; north: number; east: number };

/** A fence ready to be asked. Degrees in, no allocation. */
export type FenceArea = {
  /** A site's id, or `fence:<id>` for a fence of one's own. */
  id: string;
  isSite: boolean;
  areaM2: number;
  bounds: Bounds;
  contains(latitude: number, longitude: number): boolean;
  /** Whether it still holds whom it had: a little larger than the fence, for the drift of positions. */
  holds(latitude: number, longitude: number): boolean;
};

export const EARTH_RADIUS_M = 6_371_000;
const RADIANS = Math.PI / 180;

/** Metres between two places, good to a fraction of a percent over the size of a fence. */
export function nearDistanceM(fromLatitude: number, fromLongitude: number, latitude: number, longitude: number) {
  const north = (latitude - fromLatitude) * RADIANS;
  const east = turned(longitude - fromLongitude) * RADIANS * Math.cos(((latitude + fromLatitude) / 2) * RADIANS);
  return EARTH_RADIUS_M * Math.sqrt(north * north + east * east);
}

/** The same turn the short way round, -180 to 180. */
export function turned(degrees: number): number {
  if (degrees > 180) return degrees - 360;
  return degrees < -180 ? degrees + 360 : degrees;
}

export function isWithin({ south, west, north, east }: Bounds, latitude: number, longitude: number): boolean {
  if (latitude < south || latitude > north) return false;
  return west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
}

export function doMeet(a: Bounds, b: Bounds): boolean {
  if (a.north < b.south || b.north < a.south) return false;
  return spansOf(a).some(([west, east]) => spansOf(b).some((other) => west <= other[1] && other[0] <= east));
}

const spansOf = ({ west, east }: Bounds): [number, number][] =>
  west <= east
    ? [[west, east]]
    : [
        [west, 180],
        [-180, east],
      ];
