import type { SiteRecord } from "../contracts/site.ts";
import { distanceM, type Roads, type Routes } from "./roads.ts";

export type SimulatedSite = SiteRecord & {
  kind: "plant" | "warehouse" | "cross_dock" | "customer";
  timeZone: string;
  radiusM: number;
  node: number;
  routes: Routes;
  /** The other sites, nearest first. */
  neighbours: SimulatedSite[];
};

/** The network of a made-up company: `kind`, time zone, then cities of the road network. */
const NETWORK = [
  ["plant", "America/Chicago", "Joliet,IL; Kansas City,MO; Dallas,TX; Memphis,TN"],
  ["plant", "America/New_York", "Columbus,OH; Charlotte,NC; Harrisburg,PA; Greenville,SC"],
  ["plant", "America/Los_Angeles", "Fresno,CA; Portland,OR"],
  ["plant", "America/Denver", "Salt Lake City,UT; Denver,CO"],
  ["warehouse", "America/Chicago", "Chicago,IL; St. Louis,MO; Houston,TX; Fort Worth,TX; Nashville,TN; Minneapolis,MN"],
  [
    "warehouse",
    "America/New_York",
    "Atlanta,GA; Allentown,PA; Jacksonville,FL; Louisville,KY; Indianapolis,IN; Syracuse,NY",
  ],
  ["warehouse", "America/Los_Angeles", "San Bernardino,CA; Stockton,CA; Tacoma,WA; Reno,NV"],
  ["warehouse", "America/Phoenix", "Phoenix,AZ"],
  ["warehouse", "America/Denver", "Albuquerque,NM"],
  ["cross_dock", "America/Chicago", "Oklahoma City,OK; Little Rock,AR; Omaha,NE; Birmingham,AL"],
  ["cross_dock", "America/New_York", "Knoxville,TN; Toledo,OH; Richmond,VA"],
  ["cross_dock", "America/Denver", "Boise,ID; Billings,MT"],
  ["customer", "America/New_York", "New York City,NY; Boston,MA; Philadelphia,PA; Baltimore,MD; Pittsburgh,PA"],
  ["customer", "America/New_York", "Miami,FL; Tampa,FL; Raleigh,NC; Detroit,MI"],
  ["customer", "America/Chicago", "Milwaukee,WI; Des Moines,IA; New Orleans,LA; San Antonio,TX; Austin,TX"],
  ["customer", "America/Los_Angeles", "Los Angeles,CA; San Diego,CA; Oakland,CA; Seattle,WA; Las Vegas,NV; Spokane,WA"],
  ["customer", "America/Denver", "El Paso,TX"],
] as const;

/** Site ids look like the plant numbers of an ERP: 1010, 1020, ... */
const FIRST_ID = 1010;
const ID_STEP = 10;
const RADIUS_M = { plant: 800, warehouse: 600, cross_dock: 400, customer: 300 } as const;

export function createSites(roads: Roads): SimulatedSite[] {
  const listed = NETWORK.flatMap(([kind, timeZone, cities]) =>
    cities.split("; ").map((city) => ({ kind, timeZone, city })),
  );
  const sites = listed.map(({ kind, timeZone, city }, index): SimulatedSite => {
    const node = roads.nodeNamed(city);
    const [longitude, latitude] = roads.coordinates(node);
    return {
      schema: "site.v1",
      siteId: String(FIRST_ID + index * ID_STEP),
      kind,
      name: city.slice(0, city.lastIndexOf(",")),
      latitude,
      longitude,
      timeZone,
      radiusM: RADIUS_M[kind],
      node,
      routes: roads.routesTo(node),
      neighbours: [],
    };
  });
  for (const site of sites) site.neighbours = nearestFirst(site, sites);
  return sites;
}

/** Goods leave from here. */
export const isOrigin = (site: SimulatedSite): boolean => site.kind !== "customer";

/** Where an empty truck goes for its next load. */
export const nearestOrigins = (site: SimulatedSite): SimulatedSite[] => site.neighbours.filter(isOrigin).slice(0, 3);

/** The record of `master.sites`. */
export function siteRecordOf(site: SimulatedSite): SiteRecord {
  const { schema, siteId, kind, name, latitude, longitude, timeZone, radiusM } = site;
  return { schema, siteId, kind, name, latitude, longitude, timeZone, radiusM };
}

function nearestFirst(site: SimulatedSite, sites: readonly SimulatedSite[]): SimulatedSite[] {
  const apart = (other: SimulatedSite) => distanceM([site.longitude, site.latitude], [other.longitude, other.latitude]);
  return sites.filter((other) => other !== site).sort((a, b) => apart(a) - apart(b));
}
