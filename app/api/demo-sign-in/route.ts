import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { SignedInAnswer, signedInResponse } from "@/app/api/auth/signed-in.ts";
import { Role } from "@/server/contracts/role.ts";

export const POST = route({
  method: "POST",
  path: "/api/demo-sign-in",
  summary: "Opens a session for a demo user; 404 unless this is a demonstration on the visitor's own machine",
  role: "open",
  body: z.strictObject({ role: Role }),
  answer: SignedInAnswer,
  run: async ({ tower, body, request }) => signedInResponse(await tower.auth.demoSignIn(body.role, request.headers)),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
