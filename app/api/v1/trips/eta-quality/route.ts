import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { EtaQuality } from "@/server/contracts/trip.ts";
import { presentEtaQuality } from "@/server/live/present-eta-quality.ts";
import { getEtaQuality } from "@/server/services/trip/eta-quality.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/trips/eta-quality",
  summary: "How good the estimates of arrival were in the last seven days, by how long before they were made",
  role: "planner",
  query: z.strictObject({}),
  answer: EtaQuality,
  run: async ({ context }) => presentEtaQuality(await getEtaQuality(context)),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
