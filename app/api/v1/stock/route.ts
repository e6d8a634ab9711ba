import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf, Paging, text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Stock } from "@/server/contracts/stock.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { listStock } from "@/server/services/stock/list.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/stock",
  summary: "Counted stock by material, site and storage location",
  role: "planner",
  query: z.strictObject({ ...Paging, material: text(100).optional(), site: text(64).optional(), asOf: AsOf }),
  answer: pageOf(Stock),
  run: async ({ context, query }) => presentPage(await listStock(context, query), (stock) => stock),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
