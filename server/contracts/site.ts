import { z } from "zod";
import { plainText } from "./plain-text.ts";
import { RecordRef } from "./record-ref.ts";
import { TimeZone } from "./time-zone.ts";

export const SITE_KINDS = ["plant", "warehouse", "customer", "supplier", "cross_dock", "yard", "port"] as const;

/** How far a site reaches around its place where nobody says otherwise. */
export const SITE_RADIUS_M = 500;

/** One record of `master.sites`. */
export const SiteRecord = z.object({
  schema: z.literal("site.v1"),
  siteId: z.string().min(1).max(64),
  kind: z.enum(SITE_KINDS),
  name: z.string().min(1).max(200),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  timeZone: z.string().min(1).max(64).optional(),
  radiusM: z.number().min(10).max(100_000).optional(),
});
export type SiteRecord = z.infer<typeof SiteRecord>;

/** A site as the API and the map show it. Known by a reference alone, it has a name but no place yet. */
export const Site = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  timeZone: z.string().nullable(),
  radiusM: z.number().nullable(),
  /** Which of its facts an admin has set over what the source says. */
  edited: z.array(z.enum(["name", "place", "timeZone", "radius", "fence"])),
  version: z.number().int(),
  record: RecordRef.nullable(),
});
export type Site = z.infer<typeof Site>;

const Place = z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });
const RadiusM = z.number().min(10).max(100_000);

/** What an admin may set of a site; what is left out stays, `null` goes back to what the source says. */
export const SiteEdit = z.strictObject({
  /** As last seen: an edit of something that has moved on is refused. */
  version: z.number().int(),
  name: plainText(200).nullable().optional(),
  place: Place.nullable().optional(),
  timeZone: TimeZone.nullable().optional(),
  radiusM: RadiusM.nullable().optional(),
});
export type SiteEdit = z.infer<typeof SiteEdit>;

/** A site of one's own, that no source names. Should one name it later, what was set here lies over what it says. */
export const SiteInput = z.strictObject({
  id: plainText(64),
  kind: z.enum(SITE_KINDS),
  name: plainText(200),
  place: Place.nullable().default(null),
  timeZone: TimeZone.nullable().default(null),
  radiusM: RadiusM.nullable().default(null),
});
export type SiteInput = z.infer<typeof SiteInput>;
