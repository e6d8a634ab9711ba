import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf, text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Site, SiteEdit } from "@/server/contracts/site.ts";
import { presentSite } from "@/server/live/present-site.ts";
import { editSite } from "@/server/services/site/edit.ts";
import { getSite } from "@/server/services/site/get.ts";

const Params = z.strictObject({ id: text(200) });

export const GET = route({
  method: "GET",
  path: "/api/v1/sites/{id}",
  summary: "One site",
  role: "planner",
  params: Params,
  query: z.strictObject({ asOf: AsOf }),
  answer: Site,
  run: async ({ context, params, query }) => presentSite(await getSite(context, { ...params, ...query })),
});

export const PATCH = route({
  method: "PATCH",
  path: "/api/v1/sites/{id}",
  summary: "Sets facts of a site over what its source says; null gives a fact back to the source",
  role: "admin",
  params: Params,
  body: SiteEdit,
  answer: Site,
  run: async ({ context, params, body }) => presentSite(await editSite(context, { ...params, edit: body })),
});
export const { POST, PUT, DELETE, OPTIONS } = otherMethods(GET, PATCH);
