import type { MapMark } from "@/components/map/map-overlay.ts";
import type { Messages } from "@/components/messages/en.ts";
import type { Formats } from "@/components/ui/formats.ts";
import { LEVELS } from "@/components/ui/level.ts";
import type { Site } from "@/server/contracts/site.ts";
import type { SiteStock } from "@/server/contracts/stock.ts";
import { shortCount, stockLevel } from "./stock-level.ts";

export type Sites = ReadonlyMap<string, Site>;

/** `1030 Allentown`, or its number alone while nobody has named it. */
export function siteName(id: string, sites: Sites): string {
  const name = sites.get(id)?.name;
  return name && name !== id ? `${id} ${name}` : id;
}

/** A mark for each site that has a place, by its worst material. Those with something short say which and how many. */
export function siteMarks(
  stocks: readonly SiteStock[],
  sites: Sites,
  { inventory }: Messages,
  formats: Formats,
): MapMark[] {
  return stocks.flatMap(({ site, health, counts }) => {
    const place = sites.get(site);
    if (!place || place.latitude === null || place.longitude === null) return [];
    const level = stockLevel(health);
    const short = shortCount(counts);
    return [
      {
        id: site,
        longitude: place.longitude,
        latitude: place.latitude,
        image: level,
        title: short > 0 ? `${siteName(site, sites)}\n${inventory.short(formats.number(short))}` : site,
        order: LEVELS.indexOf(level),
      },
    ];
  });
}
