import type { SiteColumn, SiteImportLine } from "../../contracts/site-import.ts";
import { NO_FACTS, type SiteFacts, type StoredSite } from "./port.ts";
import type { SiteFileLine } from "./read-site-file.ts";
import { readSiteLine, type SaidOfSite } from "./read-site-line.ts";

/** What an import does: the report line by line, and what is to be written for its good lines. */
export type SiteImportPlan = {
  lines: SiteImportLine[];
  added: { id: string; kind: string; name: string }[];
  edits: { id: string; facts: SiteFacts }[];
};

/** The sites as they are now, by id, and what admins have set of them. */
export type KnownSites = { sites: ReadonlyMap<string, StoredSite>; edits: ReadonlyMap<string, SiteFacts> };

const COLUMN_OF = {
  kind: "kind",
  name: "name",
  latitude: "latitude",
  longitude: "longitude",
  timeZone: "time_zone",
  radiusM: "radius_m",
} as const satisfies Record<string, SiteColumn>;
type Fact = keyof typeof COLUMN_OF;

/** Pure: what a file does to the sites as they are. A line that is refused changes nothing and stops no other. */
export function planImport(file: readonly SiteFileLine[], known: KnownSites): SiteImportPlan {
  const plan: SiteImportPlan = { lines: [], added: [], edits: [] };
  const lineOfSite = new Map<string, number>();
  for (const entry of file) {
    const { line } = entry;
    const read = readSiteLine(entry);
    const siteId = "said" in read ? read.said.id : (entry.cells.site_id ?? null);
    const refuse = (errors: SiteImportLine["errors"]) =>
      void plan.lines.push({ line, siteId, outcome: "refused", changes: [], errors });
    if ("errors" in read) {
      refuse(read.errors);
      continue;
    }
    const { said } = read;
    const site = known.sites.get(said.id) ?? null;
    const errors = errorsOf(said, site, lineOfSite.get(said.id));
    if (errors.length > 0) {
      refuse(errors);
      continue;
    }
    lineOfSite.set(said.id, line);
    const changes = changesOf(said, site);
    const outcome = site === null ? "added" : changes.length > 0 ? "changed" : "unchanged";
    plan.lines.push({ line, siteId, outcome, changes, errors: [] });
    if (site === null) plan.added.push({ id: said.id, kind: said.kind!, name: said.name! });
    if (outcome !== "unchanged") plan.edits.push({ id: said.id, facts: factsOf(said, site, known.edits.get(said.id)) });
  }
  return plan;
}

function errorsOf(said: SaidOfSite, site: StoredSite | null, lineBefore: number | undefined): SiteImportLine["errors"] {
  if (lineBefore !== undefined) return [{ column: "site_id", message: `this site is on line ${lineBefore} already` }];
  if (site !== null && said.kind !== undefined && said.kind !== site.kind)
    return [{ column: "kind", message: `this site is a ${site.kind}; its kind cannot be changed` }];
  if (site !== null) return [];
  return (["kind", "name"] as const)
    .filter((fact) => said[fact] === undefined)
    .map((column) => ({ column, message: `a new site needs a ${column}` }));
}

function changesOf(said: SaidOfSite, site: StoredSite | null): SiteImportLine["changes"] {
  return (Object.keys(COLUMN_OF) as Fact[])
    .filter((fact) => said[fact] !== undefined && said[fact] !== site?.[fact])
    .map((fact) => ({ column: COLUMN_OF[fact], before: textOf(site?.[fact]), after: textOf(said[fact]) }));
}

const textOf = (value: string | number | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

/** Only what is to become another is set over the source: what the file merely repeats stays the source's to change. */
function factsOf(said: SaidOfSite, site: StoredSite | null, edited: SiteFacts = NO_FACTS): SiteFacts {
  const differs = (fact: Exclude<Fact, "kind">) => said[fact] !== undefined && said[fact] !== site?.[fact];
  const isMoved = differs("latitude") || differs("longitude");
  return {
    name: site !== null && differs("name") ? said.name! : edited.name,
    latitude: isMoved ? said.latitude! : edited.latitude,
    longitude: isMoved ? said.longitude! : edited.longitude,
    timeZone: differs("timeZone") ? said.timeZone! : edited.timeZone,
    radiusM: differs("radiusM") ? said.radiusM! : edited.radiusM,
  };
}
