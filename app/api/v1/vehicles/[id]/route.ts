import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Vehicle } from "@/server/contracts/vehicle.ts";
import { presentVehicle } from "@/server/live/present-vehicle.ts";
import { getVehicle } from "@/server/services/vehicle/get.ts";
import { laneNow } from "@/server/services/vehicle/lane-now.ts";
import { VehicleParams } from "./params.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/vehicles/{id}",
  summary: "One vehicle",
  role: "planner",
  params: VehicleParams,
  query: z.strictObject({ asOf: AsOf }),
  answer: Vehicle,
  run: async ({ context, params, query }) => {
    const vehicle = await getVehicle(context, { ...params, ...query });
    return presentVehicle(vehicle, query.asOf === undefined ? laneNow(context) : Date.parse(query.asOf));
  },
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
