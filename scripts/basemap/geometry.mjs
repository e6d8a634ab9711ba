/** Plane geometry on degrees: all the base map needs, since nothing here measures across more than a country. */

const POLE_LATITUDE = 85.0511; // the edge of the web-mercator square

/** Rings are stitched for a sphere: undo the jumps at the antimeridian, and lead a ring round a pole along the edge. */
function unwrapRing(ring) {
  const unwrapped = unwrapLine(ring);
  const [first, last] = [unwrapped[0], unwrapped[unwrapped.length - 1]];
  if (Math.abs(last[0] - first[0]) > 180) {
    const meanLatitude = ring.reduce((sum, point) => sum + point[1], 0) / ring.length;
    const edge = meanLatitude < 0 ? -POLE_LATITUDE : POLE_LATITUDE;
    unwrapped.push([last[0], edge], [first[0], edge], [first[0], first[1]]);
  }
  return unwrapped;
}

function unwrapLine(line) {
  const unwrapped = [line[0].slice()];
  for (const [lng, lat] of line.slice(1)) {
    const before = unwrapped[unwrapped.length - 1][0];
    unwrapped.push([lng + 360 * Math.round((before - lng) / 360), lat]);
  }
  return unwrapped;
}

export function unwrapGeometry(geometry) {
  const { type, coordinates } = geometry;
  if (type === "Polygon") return { type, coordinates: coordinates.map(unwrapRing) };
  if (type === "MultiPolygon") return { type, coordinates: coordinates.map((polygon) => polygon.map(unwrapRing)) };
  if (type === "MultiLineString") return { type, coordinates: coordinates.map(unwrapLine) };
  return geometry;
}

/** Fewer decimals, smaller files: 4 are 11 m. */
export function roundCoordinates(coordinates, decimals) {
  if (typeof coordinates[0] === "number") return coordinates.map((degree) => roundTo(degree, decimals));
  return coordinates.map((part) => roundCoordinates(part, decimals));
}

export function roundTo(value, decimals) {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}

export const polygonsOf = (geometry) =>
  geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];

/** Signed area in square degrees and the centroid of a closed ring. */
export function ringCentroid(ring) {
  let twiceArea = 0;
  let x = 0;
  let y = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const cross = ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
    twiceArea += cross;
    x += (ring[j][0] + ring[i][0]) * cross;
    y += (ring[j][1] + ring[i][1]) * cross;
  }
  return { area: Math.abs(twiceArea / 2), centroid: [x / (3 * twiceArea), y / (3 * twiceArea)] };
}

/**
 * A quick "is this point in one of these polygons" (holes are not looked at). The sides of all rings are filed by the
 * degrees of latitude they cross: a continent's ring has thousands, and only those beside the point matter.
 */
export function createAreaLookup(polygons) {
  const bands = new Map();
  polygons.forEach(([ring], area) => {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [from, to] = [ring[j], ring[i]];
      const top = Math.floor(Math.max(from[1], to[1]));
      for (let band = Math.floor(Math.min(from[1], to[1])); band <= top; band++) {
        const sides = bands.get(band);
        if (sides) sides.push({ area, from, to });
        else bands.set(band, [{ area, from, to }]);
      }
    }
  });
  return (x, y) => {
    const inside = new Set();
    for (const { area, from, to } of bands.get(Math.floor(y)) ?? []) {
      if (!isCrossed(from, to, x, y)) continue;
      if (!inside.delete(area)) inside.add(area); // an even number of crossings is outside
    }
    return inside.size > 0;
  };
}

/** Whether a line from the point to the east meets this side of a ring. */
const isCrossed = ([ax, ay], [bx, by], x, y) => ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax;
