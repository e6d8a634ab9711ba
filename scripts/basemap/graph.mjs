import { bend } from "./bend.mjs";
import { indexUsCities, loadCities } from "./cities.mjs";
import { CORRIDORS } from "./corridors.mjs";

/**
 * The network of Interstates: true cities, joined by made-up courses. An edge's `points` begin at node `a` and end at
 * node `b`; they are also what the map draws, so whoever drives on the graph drives on the drawn roads.
 *
 * @typedef {{ a: number, b: number, road: string, points: [number, number][] }} RoadEdge
 * @typedef {{ nodes: [number, number][], names: string[], edges: RoadEdge[] }} RoadGraph
 * @returns {RoadGraph}
 */
export function buildGraph(cities = loadCities()) {
  const findCity = indexUsCities(cities);
  const nodeOf = new Map();
  /** @type {RoadGraph} */
  const graph = { nodes: [], names: [], edges: [] };

  const node = (name) => {
    const known = nodeOf.get(name);
    if (known !== undefined) return known;
    const city = findCity(name);
    if (!city) throw new Error(`no such city: ${name}`);
    const [lng, lat] = city.loc.coordinates;
    nodeOf.set(name, graph.nodes.length);
    graph.names.push(name);
    graph.nodes.push([Number(lng.toFixed(4)), Number(lat.toFixed(4))]);
    return graph.nodes.length - 1;
  };

  const joined = new Set();
  for (const { road, cities: names } of CORRIDORS) {
    for (let i = 1; i < names.length; i++) {
      const pair = [names[i - 1], names[i]].sort().join("~");
      if (joined.has(pair)) continue; // two Interstates share this stretch
      joined.add(pair);
      const a = node(names[i - 1]);
      const b = node(names[i]);
      graph.edges.push({ a, b, road, points: bend(graph.nodes[a], graph.nodes[b], names[i - 1] + names[i], 0.07) });
    }
  }
  return graph;
}
