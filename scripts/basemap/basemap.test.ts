import type { Position } from "geojson";
import { expect, test } from "vitest";
import { buildFiles } from "./build.mjs";

const files = buildFiles();
const graph = files.graph;

test("every Interstate city can be reached from every other", () => {
  const neighbours = graph.nodes.map((): number[] => []);
  for (const { a, b } of graph.edges) {
    neighbours[a]?.push(b);
    neighbours[b]?.push(a);
  }
  const reached = new Set([0]);
  for (const node of reached) for (const next of neighbours[node] ?? []) reached.add(next);
  expect(reached.size).toBe(graph.nodes.length);
});

test("a road begins and ends exactly at its two cities", () => {
  for (const { a, b, points } of graph.edges) {
    expect(points[0]).toEqual(graph.nodes[a]);
    expect(points[points.length - 1]).toEqual(graph.nodes[b]);
  }
  expect(graph.names).toHaveLength(graph.nodes.length);
});

test("the roads that are driven on are the roads that are drawn", () => {
  const drawn = files.roads?.features.filter(({ properties }) => properties?.k === 0) ?? [];
  expect(drawn.map(({ geometry, properties }) => ({ road: properties?.r, line: geometry }))).toEqual(
    graph.edges.map(({ road, points }) => ({ road, line: { type: "LineString", coordinates: points } })),
  );
});

test("no shape jumps across the map at the antimeridian", () => {
  const jumps: Position[][] = [];
  for (const { geometry } of files["land-50m"]?.features ?? []) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : [];
    for (const [ring] of geometry.type === "MultiPolygon" ? geometry.coordinates : polygons) {
      const sides = ring?.map((point, index) => [ring[index - 1] ?? point, point]) ?? [];
      jumps.push(...sides.filter(([from, to]) => isJump(from ?? [], to ?? [])));
    }
  }
  expect(jumps).toEqual([]);
});

/** The way round a pole along the edge of the map is meant. */
const isJump = ([fromX = 0, fromY = 0]: Position, [toX = 0, toY = 0]: Position) =>
  Math.abs(toX - fromX) > 180 && !(Math.abs(fromY) > 85 && Math.abs(toY) > 85);

test("the same packages give the same bytes", () => {
  expect(JSON.stringify(buildFiles())).toBe(JSON.stringify(files));
}, 30_000);
