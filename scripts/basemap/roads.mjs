import { bend } from "./bend.mjs";
import { feature } from "./features.mjs";
import { createAreaLookup, polygonsOf } from "./geometry.mjs";

const SPACING_DEG = 0.13; // of two towns closer than this the smaller gets no road of its own
const REACH_DEG = 5;
const CELL_DEG = 3;

/** All roads of the map: `k` 0 with `r`, its name, for the network that is driven on; `k` 1 for what fills the land. */
export function buildRoads({ graph, cities, land, lakes }) {
  const main = graph.edges.map(({ road, points }) =>
    feature({ type: "LineString", coordinates: points }, { k: 0, r: road }),
  );
  return [...main, ...buildSecondaryRoads({ cities, land, lakes })];
}

function buildSecondaryRoads({ cities, land, lakes }) {
  const onLand = createAreaLookup(land.flatMap(({ geometry }) => polygonsOf(geometry)));
  const inLake = createAreaLookup(lakes.flatMap(({ geometry }) => polygonsOf(geometry)));
  const towns = thinOut(cities.filter(hasRoad));
  const near = createNeighbourhood(towns);

  const roads = [];
  towns.forEach((town, index) => {
    const around = near(town)
      .map((other) => ({ other, apart: distanceDeg(town, towns[other]) }))
      .filter(({ other, apart }) => other !== index && apart <= REACH_DEG)
      .sort((a, b) => a.apart - b.apart || a.other - b.other);
    for (const { other, apart } of around) {
      if (other <= index || !areNeighbours(towns, other, apart, around)) continue;
      if (crossesWater(town, towns[other], onLand, inLake)) continue;
      const course = bend(town, towns[other], `secondary ${index} ${other}`, 0.09);
      roads.push(feature({ type: "LineString", coordinates: course }, { k: 1 }));
    }
  });
  return roads;
}

/** Only where the fleet is: the United States without what lies off the mainland, and its two neighbours. */
function hasRoad({ featureCode, country, adminCode, population }) {
  if (featureCode === "PPLX") return false;
  if (country === "US") return population >= 8000 && adminCode !== "HI" && adminCode !== "AK";
  return (country === "CA" || country === "MX") && population >= 30_000;
}

/** Largest first, none within the spacing of one already taken. */
function thinOut(cities) {
  const cellOf = (degree) => Math.floor(degree / SPACING_DEG);
  const cells = new Map();
  const taken = [];
  for (const city of [...cities].sort((a, b) => b.population - a.population || a.cityId - b.cityId)) {
    const [lng, lat] = city.loc.coordinates;
    const crowded = cellsAround(cells, cellOf(lng), cellOf(lat), 1).some(
      (other) => Math.hypot(lng - other[0], lat - other[1]) < SPACING_DEG,
    );
    if (crowded) continue;
    taken.push([lng, lat]);
    addTo(cells, `${cellOf(lng)},${cellOf(lat)}`, [lng, lat]);
  }
  return taken;
}

function createNeighbourhood(towns) {
  const cells = new Map();
  towns.forEach(([lng, lat], index) => {
    addTo(cells, `${Math.floor(lng / CELL_DEG)},${Math.floor(lat / CELL_DEG)}`, index);
  });
  return ([lng, lat]) => cellsAround(cells, Math.floor(lng / CELL_DEG), Math.floor(lat / CELL_DEG), 2);
}

function cellsAround(cells, x, y, reach) {
  const found = [];
  for (let dx = -reach; dx <= reach; dx++)
    for (let dy = -reach; dy <= reach; dy++) found.push(...(cells.get(`${x + dx},${y + dy}`) ?? []));
  return found;
}

function addTo(cells, key, item) {
  const cell = cells.get(key);
  if (cell) cell.push(item);
  else cells.set(key, [item]);
}

/**
 * Relative neighbourhood graph: two towns are joined unless a third is nearer to both than they are to each other.
 * `around` are the towns round the first, nearest first, so the search ends where no third can be nearer.
 */
function areNeighbours(towns, other, apart, around) {
  const nearer = apart * 0.97;
  for (const third of around) {
    if (third.apart >= nearer) return true;
    if (distanceDeg(towns[other], towns[third.other]) < nearer) return false;
  }
  return true;
}

function distanceDeg(a, b) {
  const narrowing = Math.cos(((a[1] + b[1]) * Math.PI) / 360);
  return Math.hypot((a[0] - b[0]) * narrowing, a[1] - b[1]);
}

/** One sample in the water is a bridge or a coast drawn coarsely; two are a sea. */
function crossesWater(from, to, onLand, inLake) {
  let wet = 0;
  for (let step = 1; step < 8; step++) {
    const x = from[0] + ((to[0] - from[0]) * step) / 8;
    const y = from[1] + ((to[1] - from[1]) * step) / 8;
    if (!onLand(x, y) || inLake(x, y)) wet++;
  }
  return wet > 1;
}
