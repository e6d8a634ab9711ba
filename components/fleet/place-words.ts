import type { Messages } from "@/components/messages/en.ts";
import { type Formats, phrase } from "@/components/ui/formats.ts";
import type { Site } from "@/server/contracts/site.ts";
import { bearingDeg, distanceM, hasPlace } from "./geography.ts";

type Place = { latitude: number; longitude: number };
type KnownSite = Pick<Site, "name" | "latitude" | "longitude" | "radiusM">;

const SITE_RADIUS_M = 500;

/** Where something is, by the nearest known site: `At Joliet`, `38 mi SW of Joliet`; by its coordinates without sites. */
export function placeWords(
  place: Place | null,
  sites: readonly KnownSite[],
  formats: Formats,
  { place: words }: Messages,
): string {
  if (!place) return words.unknown;
  const nearest = nearestSite(place, sites);
  if (!nearest) return coordinates(place, formats, words);
  const { site, metres } = nearest;
  if (metres <= (site.radiusM ?? SITE_RADIUS_M)) return words.at(site.name);
  const sector = Math.round(bearingDeg(site, place) / (360 / words.compass.length)) % words.compass.length;
  return words.near(phrase(formats.distance(metres)), words.compass[sector] ?? "", site.name);
}

export function coordinates({ latitude, longitude }: Place, formats: Formats, words: Messages["place"]): string {
  return words.coordinates(formats.number(latitude, 4), formats.number(longitude, 4));
}

type PlacedSite = KnownSite & Place;

function nearestSite(place: Place, sites: readonly KnownSite[]): { site: PlacedSite; metres: number } | null {
  let nearest: { site: PlacedSite; metres: number } | null = null;
  for (const site of sites) {
    if (!hasPlace(site)) continue;
    const metres = distanceM(place, site);
    if (!nearest || metres < nearest.metres) nearest = { site, metres };
  }
  return nearest;
}
