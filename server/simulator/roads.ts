import type { Road } from "../domain/road-network/roads.ts";

export {
  createRoads,
  distanceM,
  otherEnd,
  type Road,
  type RoadGraph,
  type Roads,
  type Routes,
} from "../domain/road-network/roads.ts";

/** A place on a road. `forward` is the direction from `a` to `b`; `metres` are counted from `a` in either direction. */
export type RoadPlace = { road: Road; metres: number; forward: boolean };

export const LIMIT_KMH = 105;
export const LIMIT_NEAR_CITY_KMH = 89;
const CITY_RADIUS_M = 6000;
const RADIANS = Math.PI / 180;

/** The city ahead. */
export const endAhead = ({ road, forward }: RoadPlace): number => (forward ? road.b : road.a);
export const metresAhead = ({ road, metres, forward }: RoadPlace): number => (forward ? road.lengthM - metres : metres);

/** Slower near a city. `aheadM` asks for the limit that far down this road. */
export function speedLimitKmh(place: RoadPlace, aheadM = 0): number {
  const at = place.forward ? place.metres + aheadM : place.metres - aheadM;
  return at < CITY_RADIUS_M || at > place.road.lengthM - CITY_RADIUS_M ? LIMIT_NEAR_CITY_KMH : LIMIT_KMH;
}

export type Fix = { latitude: number; longitude: number; headingDeg: number };

/** Where on earth a place on a road is, and which way it leads there. */
export function locate({ road, metres, forward }: RoadPlace): Fix {
  const segment = segmentAt(road, metres);
  const [fromLng, fromLat] = road.points[segment]!;
  const [toLng, toLat] = road.points[segment + 1]!;
  const begin = road.metres[segment]!;
  const length = road.metres[segment + 1]! - begin;
  const share = length > 0 ? (metres - begin) / length : 0;
  const east = (toLng - fromLng) * Math.cos(((fromLat + toLat) / 2) * RADIANS);
  const bearing = Math.atan2(east, toLat - fromLat) / RADIANS;
  return {
    latitude: fromLat + (toLat - fromLat) * share,
    longitude: fromLng + (toLng - fromLng) * share,
    headingDeg: (bearing + (forward ? 360 : 540)) % 360,
  };
}

function segmentAt(road: Road, metres: number): number {
  let low = 0;
  let high = road.points.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (road.metres[middle]! <= metres) low = middle;
    else high = middle - 1;
  }
  return low;
}
