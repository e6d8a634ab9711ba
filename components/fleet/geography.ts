type Place = { latitude: number; longitude: number };

type MaybePlace = { latitude: number | null; longitude: number | null };

/** A site known by a reference alone has no place yet: it is listed, but it is not on the map. */
export const hasPlace = <T extends MaybePlace>(site: T): site is T & Place =>
  site.latitude !== null && site.longitude !== null;

const EARTH_RADIUS_M = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance in metres. */
export function distanceM(from: Place, to: Place): number {
  const halfLatitude = Math.sin(radians(to.latitude - from.latitude) / 2);
  const halfLongitude = Math.sin(radians(to.longitude - from.longitude) / 2);
  const chord =
    halfLatitude ** 2 + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * halfLongitude ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Direction to go at first, degrees clockwise from north, 0 to 360. */
export function bearingDeg(from: Place, to: Place): number {
  const [south, north] = [radians(from.latitude), radians(to.latitude)];
  const across = radians(to.longitude - from.longitude);
  const y = Math.sin(across) * Math.cos(north);
  const x = Math.cos(south) * Math.sin(north) - Math.sin(south) * Math.cos(north) * Math.cos(across);
  return ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
}

/** Length of a way in metres. */
export function wayM(points: readonly Place[]): number {
  let total = 0;
  for (let index = 1; index < points.length; index += 1) total += distanceM(points[index - 1]!, points[index]!);
  return total;
}
