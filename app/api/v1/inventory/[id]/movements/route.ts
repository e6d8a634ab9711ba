import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf, Paging } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { StockMovement } from "@/server/contracts/stock.ts";
import { presentMovement } from "@/server/live/present-movement.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { listMovements } from "@/server/services/stock/list-movements.ts";
import { PositionParams } from "../params.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/inventory/{id}/movements",
  summary: "The ledger of one material at one site, newest first, each movement with the stock after it",
  role: "planner",
  params: PositionParams,
  query: z.strictObject({ ...Paging, asOf: AsOf }),
  answer: pageOf(StockMovement),
  run: async ({ context, params, query }) =>
    presentPage(await listMovements(context, { ...params, ...query }), presentMovement),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
