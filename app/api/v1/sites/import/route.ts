import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { SITE_FILE_BYTES_MAX, SiteImportReport } from "@/server/contracts/site-import.ts";
import { importSites } from "@/server/services/site/import.ts";

const Query = z.strictObject({
  dryRun: z
    .enum(["true", "false"])
    .default("false")
    .transform((word) => word === "true")
    .meta({ wire: { type: "boolean" } }),
  fingerprint: text(100).optional(),
});

export const POST = route({
  method: "POST",
  path: "/api/v1/sites/import",
  summary: "Takes over what a CSV file says of sites, and reports line by line; with dryRun it only reports",
  role: "admin",
  query: Query,
  body: z.string("expected a file").min(1, "expected a file"),
  bodyType: "text/csv",
  bodyBytesMax: SITE_FILE_BYTES_MAX,
  answer: SiteImportReport,
  run: ({ context, query, body }) => importSites(context, { ...query, csv: body }),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
