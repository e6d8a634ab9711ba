import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf, oneOrMoreOf, Paging, text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { MOTIONS, SERVICES, Vehicle } from "@/server/contracts/vehicle.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { presentVehicle } from "@/server/live/present-vehicle.ts";
import { laneNow } from "@/server/services/vehicle/lane-now.ts";
import { listVehicles } from "@/server/services/vehicle/list.ts";
import { Bounds } from "./bounds.ts";

const Query = z.strictObject({
  ...Paging,
  q: text(100).optional(),
  motion: oneOrMoreOf(MOTIONS).optional(),
  service: oneOrMoreOf(SERVICES).optional(),
  bounds: Bounds.optional(),
  sort: z.enum(["id", "worst", "speed", "seen"]).default("id"),
  asOf: AsOf,
});

export const GET = route({
  method: "GET",
  path: "/api/v1/vehicles",
  summary: "Vehicles, filtered and sorted, each with the newest value of every measure",
  role: "planner",
  query: Query,
  answer: pageOf(Vehicle),
  run: async ({ context, query: { q, motion: motions, service: services, bounds, ...rest } }) => {
    const filters = {
      ...(q !== undefined && { text: q }),
      ...(motions && { motions }),
      ...(services && { services }),
      ...(bounds && { bounds }),
    };
    const nowMs = rest.asOf === undefined ? laneNow(context) : Date.parse(rest.asOf);
    const page = await listVehicles(context, { ...rest, ...filters });
    return presentPage(page, (vehicle) => presentVehicle(vehicle, nowMs));
  },
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
