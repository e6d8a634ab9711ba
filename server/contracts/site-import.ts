import { z } from "zod";

/** The columns of a file of sites, in and out. Only `site_id` is needed; an empty cell leaves what is there. */
export const SITE_COLUMNS = ["site_id", "kind", "name", "latitude", "longitude", "time_zone", "radius_m"] as const;
export type SiteColumn = (typeof SITE_COLUMNS)[number];

export const SITE_FILE_BYTES_MAX = 2 * 1_024 * 1_024;
export const SITE_FILE_LINES_MAX = 20_000;

/** What one line of the file does, or would do. `line` counts from 1, the head of the file being the first. */
export const SiteImportLine = z.object({
  line: z.number().int(),
  siteId: z.string().nullable(),
  outcome: z.enum(["added", "changed", "unchanged", "refused"]),
  changes: z.array(
    z.object({ column: z.enum(SITE_COLUMNS), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  errors: z.array(z.object({ column: z.string(), message: z.string() })),
});
export type SiteImportLine = z.infer<typeof SiteImportLine>;

export const SiteImportReport = z.object({
  dryRun: z.boolean(),
  counts: z.object({
    added: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    refused: z.number().int(),
  }),
  /** Stands for what this file does to the sites as they are now: sent back, it makes sure of doing just that. */
  fingerprint: z.string(),
  lines: z.array(SiteImportLine),
});
export type SiteImportReport = z.infer<typeof SiteImportReport>;
