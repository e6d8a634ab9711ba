import { z } from "zod";
import type { Messages } from "@/components/messages/en.ts";
import type { Site, SiteEdit } from "@/server/contracts/site.ts";
import { decimalText, parseDecimal } from "./decimal.ts";

/** The form of a site: numbers as they are typed. */
export type SiteFields = { name: string; latitude: string; longitude: string; timeZone: string; radiusM: string };

export const fieldsOfSite = ({ name, latitude, longitude, timeZone, radiusM }: Site): SiteFields => ({
  name,
  latitude: decimalText(latitude),
  longitude: decimalText(longitude),
  timeZone: timeZone ?? "",
  radiusM: decimalText(radiusM),
});

/** Text that is empty or a number within bounds. */
export function decimalField({ number }: Messages["sites"]["detail"], bounds: [number, number], outside: string) {
  return z
    .string()
    .refine((text) => text.trim() === "" || parseDecimal(text) !== null, { message: number, abort: true })
    .refine((text) => text.trim() === "" || inBounds(parseDecimal(text)!, bounds), outside);
}

const inBounds = (value: number, [least, most]: [number, number]) => value >= least && value <= most;

export function siteFieldsSchema({ sites: { detail } }: Messages) {
  return z
    .object({
      name: z.string().trim().min(1, detail.nameMissing).max(200),
      latitude: decimalField(detail, [-90, 90], detail.latitudeRange),
      longitude: decimalField(detail, [-180, 180], detail.longitudeRange),
      timeZone: z.string(),
      radiusM: decimalField(detail, [10, 100_000], detail.radiusRange),
    })
    .refine(({ latitude, longitude }) => (latitude.trim() === "") === (longitude.trim() === ""), {
      path: ["longitude"],
      message: detail.both,
    });
}

/** Where the fields say that it is, while they say a place. */
export function placeOf({ latitude, longitude }: Pick<SiteFields, "latitude" | "longitude">) {
  const place = { latitude: parseDecimal(latitude), longitude: parseDecimal(longitude) };
  if (place.latitude === null || place.longitude === null) return null;
  if (!inBounds(place.latitude, [-90, 90]) || !inBounds(place.longitude, [-180, 180])) return null;
  return { latitude: place.latitude, longitude: place.longitude };
}

/** What has changed, as the tower is told it: what was not touched stays, what was emptied goes back to the source. */
export function editOf(fields: SiteFields, site: Site): SiteEdit {
  const usual = fieldsOfSite(site);
  const place = placeOf(fields);
  const isMoved = fields.latitude !== usual.latitude || fields.longitude !== usual.longitude;
  return {
    version: site.version,
    ...(fields.name.trim() !== usual.name && { name: fields.name.trim() }),
    ...(isMoved && { place }),
    ...(fields.timeZone !== usual.timeZone && { timeZone: fields.timeZone || null }),
    ...(fields.radiusM !== usual.radiusM && { radiusM: parseDecimal(fields.radiusM) }),
  };
}

export const changesNothing = (edit: SiteEdit): boolean => Object.keys(edit).length === 1;
