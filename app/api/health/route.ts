import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Health } from "@/server/contracts/health.ts";
import { checkHealth } from "@/server/services/health/check.ts";

export const GET = route({
  method: "GET",
  path: "/api/health",
  summary: "How the tower is; 503 only when it is down",
  role: "open",
  answer: Health,
  run: async ({ tower }) => {
    const health = checkHealth(await tower.health());
    return Response.json(health, { status: health.status === "down" ? 503 : 200 });
  },
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
