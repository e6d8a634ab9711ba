import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf, Paging } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Site, SiteInput } from "@/server/contracts/site.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { presentSite } from "@/server/live/present-site.ts";
import { createSite } from "@/server/services/site/create.ts";
import { listSites } from "@/server/services/site/list.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/sites",
  summary: "Plants, warehouses, customers and other places, by id, as their sources and the edits of admins make them",
  role: "planner",
  query: z.strictObject({ ...Paging, asOf: AsOf }),
  answer: pageOf(Site),
  run: async ({ context, query }) => presentPage(await listSites(context, query), presentSite),
});

export const POST = route({
  method: "POST",
  path: "/api/v1/sites",
  summary: "Makes a site that no source names",
  role: "admin",
  body: SiteInput,
  answer: Site,
  run: async ({ context, body }) => presentSite(await createSite(context, body)),
});
export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
