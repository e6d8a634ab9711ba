import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { isAppError } from "@/server/platform/errors.ts";

/** A provider may say more than it was asked. */
const Answer = z.looseObject({});

export const GET = route({
  method: "GET",
  path: "/api/auth/oidc/callback",
  summary:
    "Where the provider sends the browser back to; leads on to the tower, or to the sign-in page with the reason",
  role: "open",
  query: Answer,
  answer: z.string(),
  run: async ({ tower, request }) => {
    try {
      const { cookies, next } = await tower.oidc.finish(new URL(request.url).search, request.headers);
      const response = leadTo(next === "/" ? "/fleet" : next);
      for (const cookie of cookies) response.headers.append("set-cookie", cookie);
      return response;
    } catch (error) {
      if (!isAppError(error)) throw error;
      return leadTo(`/sign-in?refused=${error.code === "forbidden" ? "forbidden" : "provider"}`);
    }
  },
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);

const leadTo = (path: string) => new Response(null, { status: 303, headers: { location: path } });
