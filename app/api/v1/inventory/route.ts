import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf, oneOrMoreOf, Paging, text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { PositionPage, STOCK_HEALTHS } from "@/server/contracts/stock.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { POSITION_SORTS } from "@/server/services/stock/inventory-index.ts";
import { listPositions } from "@/server/services/stock/list-positions.ts";

const Query = z.strictObject({
  ...Paging,
  site: text(64).optional(),
  material: text(100).optional(),
  q: text(100).optional(),
  health: oneOrMoreOf(STOCK_HEALTHS).optional(),
  sort: z.enum(POSITION_SORTS).default("risk"),
  asOf: AsOf,
});

export const GET = route({
  method: "GET",
  path: "/api/v1/inventory",
  summary:
    "Stock positions (a material at a site), filtered and sorted, with what is projected and how many are of each health",
  role: "planner",
  query: Query,
  answer: PositionPage,
  run: async ({ context, query }) => {
    const page = await listPositions(context, query);
    return { ...presentPage(page, (position) => position), counts: page.counts };
  },
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
