import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { Instant, Paging, wholeNumber } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Readings } from "@/server/contracts/vehicle.ts";
import { presentReadings } from "@/server/live/present-track.ts";
import { PAGE_SIZE_MAX } from "@/server/services/page.ts";
import { getReadings } from "@/server/services/vehicle/readings.ts";
import { VehicleParams } from "../params.ts";

const Query = z.strictObject({
  from: Instant.optional(),
  to: Instant.optional(),
  limit: wholeNumber({ min: 1, max: PAGE_SIZE_MAX }).default(PAGE_SIZE_MAX),
  cursor: Paging.cursor,
});

export const GET = route({
  method: "GET",
  path: "/api/v1/vehicles/{id}/readings",
  summary: "Every stored reading of one vehicle in time order, with all its measures and where its record stands",
  role: "planner",
  params: VehicleParams,
  query: Query,
  answer: Readings,
  run: async ({ context, params, query: { from, to, ...paging } }) =>
    presentReadings(await getReadings(context, { ...params, ...paging, fromMs: from, toMs: to })),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
