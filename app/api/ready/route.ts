import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { AppError } from "@/server/platform/errors.ts";
import { waitingFor } from "@/server/services/health/check.ts";

export const GET = route({
  method: "GET",
  path: "/api/ready",
  summary: "200 once the tower can serve, 503 with what it waits for until then",
  role: "open",
  answer: z.object({ ready: z.literal(true) }),
  run: async ({ tower }) => {
    const waiting = waitingFor(await tower.health());
    if (waiting.length === 0) return { ready: true };
    throw new AppError("unavailable", `waiting for ${waiting.join(", ")}`, {
      fields: waiting.map((dependency) => ({ path: `/${dependency}`, message: "is not there yet" })),
    });
  },
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
