import type { Fence } from "@/server/contracts/fence.ts";
import type { Site } from "@/server/contracts/site.ts";

export const SHOWS = ["sites", "unplaced", "edited", "fences"] as const;
export type Show = (typeof SHOWS)[number];

/** What of the page stands in its address. `site` and `fence` name what is open; `fence=new` is one being drawn. */
export const USUAL_VIEW = { q: "", show: "sites", site: "", fence: "", pane: "list", map: "" };
export type SitesAddress = typeof USUAL_VIEW;

export const NEW_FENCE = "new";

export const showOf = ({ show }: SitesAddress): Show => SHOWS.find((known) => known === show) ?? "sites";

export function shownSites(sites: readonly Site[], show: Show, text: string): Site[] {
  const wanted = text.trim().toLowerCase();
  return sites.filter(
    (site) =>
      (show !== "unplaced" || site.latitude === null) &&
      (show !== "edited" || site.edited.length > 0) &&
      (wanted === "" || site.id.toLowerCase().includes(wanted) || site.name.toLowerCase().includes(wanted)),
  );
}

/** Fences of their own by name; those of sites are found with their sites. */
export function shownFences(fences: readonly Fence[], text: string): Fence[] {
  const wanted = text.trim().toLowerCase();
  return fences
    .filter(({ siteId, name }) => siteId === null && name.toLowerCase().includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name));
}
