import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Role } from "@/server/contracts/role.ts";

export const GET = route({
  method: "GET",
  path: "/api/sign-in-options",
  summary: "The demo users that may be tried without a password; none unless this is a demonstration",
  role: "open",
  answer: z.object({ demo: z.array(Role) }),
  run: async ({ tower, request }) => ({ demo: tower.auth.demoRoles(request.headers) }),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
