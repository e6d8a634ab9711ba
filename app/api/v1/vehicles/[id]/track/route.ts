import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { Instant, Paging, wholeNumber } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Track } from "@/server/contracts/vehicle.ts";
import { presentTrack } from "@/server/live/present-track.ts";
import { PAGE_SIZE_MAX } from "@/server/services/page.ts";
import { getTrack } from "@/server/services/vehicle/track.ts";
import { VehicleParams } from "../params.ts";

const Query = z.strictObject({
  from: Instant.optional(),
  to: Instant.optional(),
  limit: wholeNumber({ min: 1, max: PAGE_SIZE_MAX }).default(PAGE_SIZE_MAX),
  cursor: Paging.cursor,
});

export const GET = route({
  method: "GET",
  path: "/api/v1/vehicles/{id}/track",
  summary: "The positions of one vehicle in time order: the last two hours, or up to seven days between from and to",
  role: "planner",
  params: VehicleParams,
  query: Query,
  answer: Track,
  run: async ({ context, params, query: { from, to, ...paging } }) =>
    presentTrack(await getTrack(context, { ...params, ...paging, fromMs: from, toMs: to })),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
