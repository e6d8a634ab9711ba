import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { withCookies } from "@/app/api/auth/signed-in.ts";

export const POST = route({
  method: "POST",
  path: "/api/auth/sign-out",
  summary: "Ends the session of the cookie; without one it changes nothing",
  role: "open",
  answer: z.object({ user: z.null() }),
  run: async ({ tower, request }) => {
    const { cookies } = await tower.auth.signOut(request.headers);
    return withCookies({ user: null }, cookies);
  },
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
