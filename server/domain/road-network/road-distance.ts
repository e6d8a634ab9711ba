import { createRoads, distanceM, otherEnd, type Road, type RoadGraph } from "./roads.ts";

export type Place = { latitude: number; longitude: number };

/** Whoever is further from every road goes by the great circle: there is no road that the map knows. */
export const ROAD_WITHIN_M = 30_000;
/** How much longer a road is than the great circle, where no road is known. */
export const DETOUR = 1.2;
const CITY_WITHIN_M = 2_000;
const CELLS_PER_DEGREE = 2;
const TREES_MAX = 500;

/** A point of a road, with the way there. */
type OnRoad = { road: Road; metres: number; offRoadM: number };
/** How far every city is from a destination, and by which road it goes on. */
type Tree = { at: OnRoad; next: Int16Array; metres: Float64Array };

export type RoadDistance = ReturnType<typeof createRoadDistance>;

/** Driving distances over the road network. Distance trees are kept by destination, so a question costs a look. */
export function createRoadDistance(graph: RoadGraph) {
  const { roads, search } = createRoads(graph);
  const cells = gridOf(roads);
  const trees = new Map<string, Tree | null>();

  return { metres, course };

  /** Metres to drive. */
  function metres(from: Place, to: Place): number {
    const byNoRoad = direct(from, to) * DETOUR;
    if (byNoRoad < CITY_WITHIN_M) return byNoRoad;
    const tree = treeOf(to);
    const start = tree && nearestOnRoad(cells, from);
    if (!tree || !start) return byNoRoad;
    const way = start.offRoadM + wayOf(start, tree).metres + tree.at.offRoadM;
    return Number.isFinite(way) ? way : byNoRoad;
  }

  /** The course along the roads, as `[longitude, latitude]`; two points where no road is known. */
  function course(from: Place, to: Place): [number, number][] {
    const ends: [number, number][] = [
      [from.longitude, from.latitude],
      [to.longitude, to.latitude],
    ];
    const tree = treeOf(to);
    const start = tree && nearestOnRoad(cells, from);
    if (!tree || !start) return ends;
    const { node, metres: length } = wayOf(start, tree);
    if (!Number.isFinite(length)) return ends;
    if (node === null) return [ends[0]!, ...stretch(start.road, start.metres, tree.at.metres), ends[1]!];
    const points = [ends[0]!, ...stretch(start.road, start.metres, start.road.a === node ? 0 : start.road.lengthM)];
    let here = node;
    for (let road = roads[tree.next[here]!]; road; road = roads[tree.next[here]!]) {
      points.push(...stretch(road, road.a === here ? 0 : road.lengthM, road.a === here ? road.lengthM : 0));
      here = otherEnd(road, here);
    }
    const last = tree.at;
    points.push(...stretch(last.road, last.road.a === here ? 0 : last.road.lengthM, last.metres), ends[1]!);
    return points;
  }

  function treeOf(to: Place): Tree | null {
    const key = `${to.latitude.toFixed(3)} ${to.longitude.toFixed(3)}`;
    const known = trees.get(key);
    if (known !== undefined) return known;
    const at = nearestOnRoad(cells, to);
    const tree = at && { at, ...search(endsOf(at)) };
    if (trees.size >= TREES_MAX) trees.delete(trees.keys().next().value!);
    trees.set(key, tree);
    return tree;
  }
}

const endsOf = ({ road, metres }: OnRoad) => [
  { node: road.a, metres },
  { node: road.b, metres: road.lengthM - metres },
];

/** The shorter of the ways over the two ends of the road one is on, or along it where the destination lies on it. */
function wayOf(start: OnRoad, tree: Tree): { metres: number; node: number | null } {
  const [first, second] = endsOf(start).map(({ node, metres }) => ({ node, metres: metres + tree.metres[node]! }));
  const shorter = first!.metres <= second!.metres ? first! : second!;
  if (start.road !== tree.at.road) return shorter;
  const along = Math.abs(start.metres - tree.at.metres);
  return along <= shorter.metres ? { metres: along, node: null } : shorter;
}

const direct = (from: Place, to: Place): number =>
  distanceM([from.longitude, from.latitude], [to.longitude, to.latitude]);

function stretch(road: Road, fromM: number, toM: number): [number, number][] {
  const [low, high] = [Math.min(fromM, toM), Math.max(fromM, toM)];
  const points = road.points.filter((_, index) => road.metres[index]! >= low && road.metres[index]! <= high);
  return fromM <= toM ? points : points.reverse();
}

type RoadPoint = { road: Road; index: number };

const cellOf = (longitude: number, latitude: number): string =>
  `${Math.floor(longitude * CELLS_PER_DEGREE)} ${Math.floor(latitude * CELLS_PER_DEGREE)}`;

function gridOf(roads: readonly Road[]): Map<string, RoadPoint[]> {
  const cells = new Map<string, RoadPoint[]>();
  for (const road of roads) {
    for (const [index, [longitude, latitude]] of road.points.entries()) {
      const cell = cellOf(longitude, latitude);
      cells.set(cell, [...(cells.get(cell) ?? []), { road, index }]);
    }
  }
  return cells;
}

/** The nearest place on a road within reach. Half a degree is more than the reach, so the cells around suffice. */
function nearestOnRoad(cells: ReadonlyMap<string, RoadPoint[]>, { latitude, longitude }: Place): OnRoad | null {
  let nearest: (RoadPoint & { offRoadM: number; isCity: boolean }) | null = null;
  for (const north of [-1, 0, 1]) {
    for (const east of [-1, 0, 1]) {
      const cell = cellOf(longitude + east / CELLS_PER_DEGREE, latitude + north / CELLS_PER_DEGREE);
      for (const { road, index } of cells.get(cell) ?? []) {
        const offRoadM = distanceM([longitude, latitude], road.points[index]!);
        // In a city one can take any road that leaves it; one that only passes cannot be turned into everywhere.
        const isCity = offRoadM < CITY_WITHIN_M && (index === 0 || index === road.points.length - 1);
        if (offRoadM > ROAD_WITHIN_M || (nearest?.isCity && !isCity)) continue;
        if (nearest && nearest.isCity === isCity && offRoadM >= nearest.offRoadM) continue;
        nearest = { road, index, offRoadM, isCity };
      }
    }
  }
  if (!nearest) return null;
  return nearest.isCity
    ? { road: nearest.road, metres: nearest.road.metres[nearest.index]!, offRoadM: nearest.offRoadM }
    : betweenPoints(nearest, { latitude, longitude });
}

/** Points of a road lie kilometres apart: the place is on one of the two lines that meet at the nearest of them. */
function betweenPoints({ road, index, offRoadM }: RoadPoint & { offRoadM: number }, place: Place): OnRoad {
  let best: OnRoad = { road, metres: road.metres[index]!, offRoadM };
  for (const from of [index - 1, index]) {
    const [start, end] = [road.points[from], road.points[from + 1]];
    if (!start || !end) continue;
    const share = shareAlong(start, end, place);
    const at: [number, number] = [start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share];
    const offM = distanceM([place.longitude, place.latitude], at);
    const metres = road.metres[from]! + (road.metres[from + 1]! - road.metres[from]!) * share;
    if (offM < best.offRoadM) best = { road, metres, offRoadM: offM };
  }
  return best;
}

/** Where on the line from `start` (0) to `end` (1) one is nearest to the place. */
function shareAlong(start: readonly number[], end: readonly number[], { latitude, longitude }: Place): number {
  const narrow = Math.cos((latitude * Math.PI) / 180);
  const [east, north] = [(end[0]! - start[0]!) * narrow, end[1]! - start[1]!];
  const length = east * east + north * north;
  if (length === 0) return 0;
  const along = ((longitude - start[0]!) * narrow * east + (latitude - start[1]!) * north) / length;
  return Math.max(0, Math.min(1, along));
}
