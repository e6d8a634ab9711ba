import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { SignedInAnswer, signedInResponse } from "@/app/api/auth/signed-in.ts";

const Body = z.strictObject({
  email: z.email("expected an e-mail address").max(254, "expected at most 254 characters"),
  // Longer and shorter ones cannot be right, and a long one would be costly to hash; a wrong one is told the same way.
  password: z.string().min(1, "expected a password").max(128, "expected at most 128 characters"),
  rememberMe: z.boolean().default(false),
});

export const POST = route({
  method: "POST",
  path: "/api/auth/sign-in/email",
  summary: "Opens a session of 12 hours; its cookie outlives the browser for who wants to be remembered",
  role: "open",
  body: Body,
  answer: SignedInAnswer,
  run: async ({ tower, body, request }) => signedInResponse(await tower.auth.signIn(body, request.headers)),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
