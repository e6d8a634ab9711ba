import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildGraph } from "../../../scripts/basemap/graph.mjs";
import { createRoadDistance, DETOUR } from "./road-distance.ts";
import { createRoads, distanceM, type RoadGraph } from "./roads.ts";

const graph = buildGraph() as RoadGraph;
const network = createRoadDistance(graph);
const cities = graph.nodes.map(([longitude, latitude]) => ({ longitude, latitude }));
const city = (name: string) => cities[graph.names.indexOf(name)]!;
const directM = (from: (typeof cities)[number], to: (typeof cities)[number]) =>
  distanceM([from.longitude, from.latitude], [to.longitude, to.latitude]);

describe("distances along roads", () => {
  test("between two cities the way is the shortest one through the network", () => {
    const { routesTo } = createRoads(graph);
    const places = fc.integer({ min: 0, max: cities.length - 1 });
    fc.assert(
      fc.property(places, places, (from, to) => {
        const { metres } = routesTo(to);
        const way = network.metres(cities[from]!, cities[to]!);
        const isNear = directM(cities[from]!, cities[to]!) < 2_000;
        if (Number.isFinite(metres[from]!) && !isNear) expect(way).toBeCloseTo(metres[from]!, -2);
        expect(way).toBeGreaterThanOrEqual(directM(cities[from]!, cities[to]!) * 0.999);
      }),
      { numRuns: 60 },
    );
  });

  test("on the way the distance falls steadily, and the course leads there without a jump", () => {
    const [from, to] = [city("Dallas,TX"), city("Chicago,IL")];
    const course = network.course(from, to);
    expect(course[0]).toEqual([from.longitude, from.latitude]);
    expect(course.at(-1)).toEqual([to.longitude, to.latitude]);
    const places = course.map(([longitude, latitude]) => ({ longitude, latitude }));
    let driven = 0;
    for (const [index, place] of places.slice(1).entries()) {
      const step = directM(places[index]!, place);
      expect(step).toBeLessThan(80_000);
      driven += step;
      expect(network.metres(place, to)).toBeLessThanOrEqual(network.metres(places[index]!, to) + 1);
    }
    expect(driven).toBeCloseTo(network.metres(from, to), -3);
  });

  test("far from every road it is the great circle and a fifth more", () => {
    const [from, to] = [
      { latitude: 52, longitude: 13 },
      { latitude: 48, longitude: 11 },
    ];
    expect(network.metres(from, to)).toBeCloseTo(directM(from, to) * DETOUR, 3);
    expect(network.course(from, to)).toEqual([
      [13, 52],
      [11, 48],
    ]);
  });
});
