import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf, oneOrMoreOf, Paging, text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { TRIP_STATES, Trip } from "@/server/contracts/trip.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { listTrips } from "@/server/services/trip/list.ts";

const Query = z.strictObject({
  ...Paging,
  vehicle: text(64).optional(),
  state: oneOrMoreOf(TRIP_STATES).optional(),
  site: text(64).optional(),
  asOf: AsOf,
});

export const GET = route({
  method: "GET",
  path: "/api/v1/trips",
  summary: "Trips that are open or ended lately, with their stops planned, actual and expected",
  role: "planner",
  query: Query,
  answer: pageOf(Trip),
  run: async ({ context, query: { state: states, ...rest } }) =>
    presentPage(await listTrips(context, { ...rest, states }), (trip) => trip),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
