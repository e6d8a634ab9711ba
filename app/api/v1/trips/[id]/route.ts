import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf, text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Trip } from "@/server/contracts/trip.ts";
import { getTrip } from "@/server/services/trip/get.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/trips/{id}",
  summary: "One trip",
  role: "planner",
  params: z.strictObject({ id: text(200) }),
  query: z.strictObject({ asOf: AsOf }),
  answer: Trip,
  run: async ({ context, params, query }) => getTrip(context, { ...params, ...query }),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
