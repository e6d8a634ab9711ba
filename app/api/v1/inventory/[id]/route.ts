import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { StockStory } from "@/server/contracts/stock.ts";
import { getPosition } from "@/server/services/stock/get-position.ts";
import { PositionParams } from "./params.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/inventory/{id}",
  summary: "The story of one material at one site: there, reserved, on its way, on order, and the next 30 days",
  role: "planner",
  params: PositionParams,
  query: z.strictObject({ asOf: AsOf }),
  answer: StockStory,
  run: ({ context, params, query }) => getPosition(context, { ...params, ...query }),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
