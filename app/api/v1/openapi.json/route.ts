import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { describeApi } from "@/app/api/_http/describe-api.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { allRoutes } from "@/app/api/routes.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/openapi.json",
  summary: "This description",
  role: "planner",
  answer: z.looseObject({ openapi: z.string() }),
  run: async ({ tower }) => describeApi(allRoutes(), tower.version),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
