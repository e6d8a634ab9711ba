import { feature as topoFeature } from "topojson-client";
import { feature } from "./features.mjs";
import { polygonsOf, ringCentroid, roundCoordinates, roundTo, unwrapGeometry } from "./geometry.mjs";

/** Smaller rank, earlier on the map. */
const RANK_POPULATION_MIN = [5_000_000, 2_000_000, 800_000, 300_000, 100_000, 40_000, 15_000];
const NEARBY_COUNTRIES = ["US", "CA", "MX"];
const NOT_A_PLACE = ["PPLX", "PPLH"]; // parts of a town, and towns that are no more
/** GeoNames has these as towns of their own; on this map they would crowd out New York. */
const PARTS_OF_NEW_YORK =
  /^(Manhattan|Brooklyn|Queens|The Bronx|Bronx|Staten Island|East New York|Borough Park|Jamaica|Flushing)$/;
const NO_LABEL = /Siachen|Fr\. S\. Ant|Heard I|Br\. Indian|N\. Cyprus|Antarctica/;

/** Labels of towns: `n` name, `r` rank (0 first), `p` population, `c` 1 for a capital. Largest first. */
export function buildPlaces(cities) {
  return cities
    .filter(isShown)
    .sort((a, b) => b.population - a.population || a.cityId - b.cityId)
    .map((city) => {
      const capital = city.featureCode === "PPLC" ? 1 : 0;
      const rank = Math.max(0, rankOf(city.population) - capital);
      const coordinates = roundCoordinates(city.loc.coordinates, 3);
      return feature({ type: "Point", coordinates }, { n: city.name, r: rank, p: city.population, c: capital });
    });
}

function rankOf(population) {
  const rank = RANK_POPULATION_MIN.findIndex((least) => population > least);
  return rank < 0 ? RANK_POPULATION_MIN.length : rank;
}

function isShown({ name, country, featureCode, population }) {
  if (NOT_A_PLACE.includes(featureCode) || (country === "US" && PARTS_OF_NEW_YORK.test(name))) return false;
  if (featureCode === "PPLC" || population >= 100_000) return true;
  if (featureCode === "PPLA" && population > 50_000) return true;
  return NEARBY_COUNTRIES.includes(country) && population >= 15_000;
}

/** Labels of areas at the middle of their largest part: `n` name, `a` area in square degrees. Largest first. */
export function buildAreaLabels(topology, object, areaMin) {
  return topoFeature(topology, object)
    .features.filter(({ geometry, properties }) => geometry && !NO_LABEL.test(properties.name))
    .map(({ geometry, properties }) => {
      const parts = polygonsOf(unwrapGeometry(geometry)).map(([ring]) => ringCentroid(ring));
      const largest = parts.reduce((most, part) => (part.area > most.area ? part : most));
      const area = parts.reduce((sum, part) => sum + part.area, 0);
      return feature(
        { type: "Point", coordinates: roundCoordinates(largest.centroid, 3) },
        { n: properties.name, a: roundTo(area, 2) },
      );
    })
    .filter(({ properties }) => properties.a > areaMin)
    .sort((a, b) => b.properties.a - a.properties.a);
}
