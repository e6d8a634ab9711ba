import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { presentActor, SignedInUser } from "@/server/live/present-actor.ts";

export const GET = route({
  method: "GET",
  path: "/api/auth/get-session",
  summary: "Who is signed in, or null",
  role: "open",
  answer: z.object({ user: SignedInUser.nullable() }),
  run: async ({ tower, request }) => {
    const actor = await tower.auth.sessionOf(request.headers);
    return { user: actor && presentActor(actor) };
  },
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
