import type { StoredSite } from "./port.ts";

const SHOWN = ["kind", "name", "latitude", "longitude", "timeZone", "radiusM", "edited"] as const;

type Shown = Partial<Pick<StoredSite, (typeof SHOWN)[number]>>;

/** What the audit trail keeps of a change: the facts that became others, as they were and as they are. */
export function shownOf(before: StoredSite, after: StoredSite): { before: Shown; after: Shown } {
  const changed = SHOWN.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const of = (site: StoredSite): Shown => Object.fromEntries(changed.map((name) => [name, site[name]]));
  return { before: of(before), after: of(after) };
}

/** A site that was not there before. */
export function allShown(site: StoredSite): Shown {
  return Object.fromEntries(SHOWN.map((name) => [name, site[name]]));
}
