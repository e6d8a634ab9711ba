import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { VehicleProfile, VehicleProfileInput } from "@/server/contracts/vehicle-profile.ts";
import { getVehicleProfile } from "@/server/services/vehicle-profile/get.ts";
import { saveVehicleProfile } from "@/server/services/vehicle-profile/save.ts";
import { VehicleParams } from "../params.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/vehicles/{id}/profile",
  summary: "Who drives a vehicle, how to call them, and whether it is out of service",
  role: "planner",
  params: VehicleParams,
  answer: VehicleProfile,
  run: ({ context, params }) => getVehicleProfile(context, params),
});

export const PUT = route({
  method: "PUT",
  path: "/api/v1/vehicles/{id}/profile",
  summary: "Writes down who drives a vehicle, how to call them, and whether it is out of service",
  role: "planner",
  params: VehicleParams,
  body: VehicleProfileInput,
  answer: VehicleProfile,
  run: ({ context, params, body }) => saveVehicleProfile(context, { ...params, profile: body }),
});
export const { POST, PATCH, DELETE, OPTIONS } = otherMethods(GET, PUT);
