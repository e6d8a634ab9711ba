import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { Instant, wholeNumber } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { presentSeries } from "@/server/live/present-track.ts";
import { getSeries } from "@/server/services/vehicle/series.ts";
import { VehicleParams } from "../params.ts";

const MEASURES_MAX = 12;

const Measures = z
  .string()
  .transform((list) => list.split(","))
  .pipe(
    z
      .array(z.string().regex(/^[a-zA-Z]\w{0,63}$/, "expected names of measures, such as coolantC"))
      .max(MEASURES_MAX, `expected at most ${MEASURES_MAX} measures`),
  )
  .meta({ wire: { type: "string", description: "names of measures, separated by commas" } });

const Query = z.strictObject({
  measures: Measures,
  from: Instant.optional(),
  to: Instant.optional(),
  points: wholeNumber({ min: 2, max: 1_000 }).default(60),
});

const Series = z.object({
  vehicleId: z.string(),
  series: z.record(z.string(), z.array(z.object({ time: z.iso.datetime({ precision: 3 }), value: z.number() }))),
});

export const GET = route({
  method: "GET",
  path: "/api/v1/vehicles/{id}/series",
  summary: "Some measures of one vehicle over time, thinned to the asked number of points with the extremes kept",
  role: "planner",
  params: VehicleParams,
  query: Query,
  answer: Series,
  run: async ({ context, params, query: { measures, from, to, points } }) =>
    presentSeries(await getSeries(context, { ...params, measures, fromMs: from, toMs: to, pointsMax: points })),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
