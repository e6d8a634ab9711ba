import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { FleetPicture } from "@/server/contracts/fleet-picture.ts";
import { getFleetPicture } from "@/server/services/vehicle/picture.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/fleet/picture",
  summary: "The whole fleet at a moment as the map draws it; of the present the socket tells",
  role: "planner",
  query: z.strictObject({ asOf: AsOf.unwrap() }),
  answer: FleetPicture,
  run: ({ context, query }) => getFleetPicture(context, query),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
