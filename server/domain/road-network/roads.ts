/** As `scripts/basemap/build.mjs` writes it to `public/basemap/graph.json`. */
export type RoadGraph = {
  nodes: [number, number][];
  names: string[];
  edges: { a: number; b: number; road: string; points: [number, number][] }[];
};

/** A road between two cities, with the metres from its beginning to each of its points. */
export type Road = {
  index: number;
  a: number;
  b: number;
  lengthM: number;
  points: readonly [number, number][];
  metres: Float64Array;
};

export type Roads = ReturnType<typeof createRoads>;
/** How to get to one city from everywhere: the road to take at each city, and the metres left from there. */
export type Routes = { destination: number; next: Int16Array; metres: Float64Array };

const EARTH_RADIUS_M = 6_371_000;
const RADIANS = Math.PI / 180;

export function createRoads(graph: RoadGraph) {
  const roads = graph.edges.map(measure);
  const roadsAt = graph.nodes.map((): Road[] => []);
  for (const road of roads) {
    roadsAt[road.a]!.push(road);
    roadsAt[road.b]!.push(road);
  }

  const routesTo = (destination: number): Routes => ({ destination, ...search([{ node: destination, metres: 0 }]) });

  /** Dijkstra from the ends outwards; the network is small enough for a plain search of the nearest. */
  function search(ends: readonly { node: number; metres: number }[]): Omit<Routes, "destination"> {
    const count = graph.nodes.length;
    const next = new Int16Array(count).fill(-1);
    const metres = new Float64Array(count).fill(Infinity);
    const done = new Uint8Array(count);
    for (const end of ends) metres[end.node] = Math.min(metres[end.node]!, end.metres);
    for (let round = 0; round < count; round++) {
      const node = nearestOpen(metres, done);
      if (node < 0) break;
      done[node] = 1;
      for (const road of roadsAt[node]!) {
        const other = otherEnd(road, node);
        const through = metres[node]! + road.lengthM;
        if (through >= metres[other]!) continue;
        metres[other] = through;
        next[other] = road.index;
      }
    }
    return { next, metres };
  }

  function nodeNamed(name: string): number {
    const node = graph.names.indexOf(name);
    if (node < 0) throw new Error(`the road network has no city ${name}`);
    return node;
  }

  return { roads, routesTo, search, nodeNamed, coordinates: (node: number): [number, number] => graph.nodes[node]! };
}

export const otherEnd = (road: Road, node: number): number => (road.a === node ? road.b : road.a);

export function distanceM([fromLng, fromLat]: [number, number], [toLng, toLat]: [number, number]): number {
  const across = Math.sin(((toLat - fromLat) * RADIANS) / 2) ** 2;
  const along = Math.sin(((toLng - fromLng) * RADIANS) / 2) ** 2;
  const chord = across + Math.cos(fromLat * RADIANS) * Math.cos(toLat * RADIANS) * along;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(chord));
}

function measure({ a, b, points }: RoadGraph["edges"][number], index: number): Road {
  const metres = new Float64Array(points.length);
  for (let i = 1; i < points.length; i++) metres[i] = metres[i - 1]! + distanceM(points[i - 1]!, points[i]!);
  return { index, a, b, points, metres, lengthM: metres[points.length - 1]! };
}

function nearestOpen(metres: Float64Array, done: Uint8Array): number {
  let nearest = -1;
  for (let node = 0; node < metres.length; node++) {
    if (done[node] || metres[node] === Infinity) continue;
    if (nearest < 0 || metres[node]! < metres[nearest]!) nearest = node;
  }
  return nearest;
}
