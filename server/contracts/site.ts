import { z } from "zod";
import { RecordRef } from "./record-ref.ts";

export const SITE_KINDS = ["plant", "warehouse", "customer", "supplier", "cross_dock", "yard", "port"] as const;

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

/** A site as the API and the map show it. */
export const Site = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  timeZone: z.string().nullable(),
  radiusM: z.number().nullable(),
  record: RecordRef,
});
export type Site = z.infer<typeof Site>;
