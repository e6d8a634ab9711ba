/** A corner of a fence, degrees. */
export type Corner = { latitude: number; longitude: number };

/** Where in the shape something is wrong, and what. */
export type PolygonFault = { path: (string | number)[]; message: string };

/** As small and as large as a circle may be, in square metres. */
export const AREA_M2_MIN = 314;
export const AREA_M2_MAX = Math.PI * 100_000 ** 2;

const METRES_A_DEGREE = 111_195;

/**
 * What keeps a ring of corners from being a fence; nothing when it is one. Measured on a plane through its middle,
 * which is exact enough for what a truck can be inside of.
 */
export function faultsOfPolygon(corners: readonly Corner[]): PolygonFault[] {
  const longitudes = corners.map(({ longitude }) => longitude);
  if (Math.max(...longitudes) - Math.min(...longitudes) > 180)
    return [{ path: ["points"], message: "must not reach across the 180th meridian" }];
  const doubled = corners.findIndex((corner, index) => isSame(corner, corners[(index + 1) % corners.length]!));
  if (doubled >= 0) return [{ path: ["points", doubled], message: "is the same as the next point" }];
  const crossed = crossingOf(corners);
  if (crossed)
    return [{ path: ["points", crossed[0]], message: `its side crosses the side of point ${crossed[1] + 1}` }];
  const area = areaM2(corners);
  if (area < AREA_M2_MIN) return [{ path: ["points"], message: `encloses less than ${AREA_M2_MIN} m²` }];
  if (area > AREA_M2_MAX) return [{ path: ["points"], message: "encloses more than 31,415 km²" }];
  return [];
}

/** The ground a ring encloses. */
export function areaM2(corners: readonly Corner[]): number {
  const plane = planeOf(corners);
  let twice = 0;
  for (const [index, [x, y]] of plane.entries()) {
    const [nextX, nextY] = plane[(index + 1) % plane.length]!;
    twice += x * nextY - nextX * y;
  }
  return Math.abs(twice) / 2;
}

type Point = readonly [x: number, y: number];

function planeOf(corners: readonly Corner[]): Point[] {
  const middle = corners.reduce((sum, { latitude }) => sum + latitude, 0) / corners.length;
  const width = METRES_A_DEGREE * Math.cos((middle * Math.PI) / 180);
  const { latitude: south, longitude: west } = corners[0]!;
  return corners.map(({ latitude, longitude }) => [(longitude - west) * width, (latitude - south) * METRES_A_DEGREE]);
}

/** The first two sides that touch although they are not neighbours, by the corners they start from. */
function crossingOf(corners: readonly Corner[]): [number, number] | null {
  const plane = planeOf(corners);
  const { length } = plane;
  const side = (index: number) => [plane[index]!, plane[(index + 1) % length]!] as const;
  for (let first = 0; first < length; first += 1)
    for (let second = first + 1; second < length; second += 1) {
      const [a, b] = side(first);
      const [c, d] = side(second);
      const isNext = second === first + 1;
      const isBefore = (second + 1) % length === first;
      // Neighbours share a corner; they overlap only when one runs back along the other.
      if (isNext ? runsBack(a, b, d) : isBefore ? runsBack(c, a, b) : touch(a, b, c, d)) return [first, second];
    }
  return null;
}

const turn = (a: Point, b: Point, c: Point): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

function touch(a: Point, b: Point, c: Point, d: Point): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (abc !== abd && cda !== cdb) return true;
  return (
    (abc === 0 && lies(c, a, b)) ||
    (abd === 0 && lies(d, a, b)) ||
    (cda === 0 && lies(a, c, d)) ||
    (cdb === 0 && lies(b, c, d))
  );
}

/** Of a point on the line through both: whether it is between them. */
function lies(point: Point, a: Point, b: Point): boolean {
  const within = (axis: 0 | 1) =>
    point[axis] >= Math.min(a[axis], b[axis]) && point[axis] <= Math.max(a[axis], b[axis]);
  return within(0) && within(1);
}

function runsBack(a: Point, shared: Point, b: Point): boolean {
  const dot = (a[0] - shared[0]) * (b[0] - shared[0]) + (a[1] - shared[1]) * (b[1] - shared[1]);
  return turn(a, shared, b) === 0 && dot > 0;
}

const isSame = (a: Corner, b: Corner): boolean => a.latitude === b.latitude && a.longitude === b.longitude;
