import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { SiteStock } from "@/server/contracts/stock.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { listSiteStocks } from "@/server/services/stock/list-site-stocks.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/inventory/sites",
  summary: "How the stock of each site stands, by the worst of its materials",
  role: "planner",
  query: z.strictObject({ asOf: AsOf }),
  answer: pageOf(SiteStock),
  run: async ({ context, query }) => presentPage(await listSiteStocks(context, query), (site) => site),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
