import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from "@/server/contracts/password.ts";
import { acceptInvitation } from "@/server/services/person/accept.ts";

export const POST = route({
  method: "POST",
  path: "/api/join",
  summary: "Uses the link of an invitation: sets the password",
  role: "open",
  body: z.strictObject({
    token: text(100),
    password: z
      .string()
      .min(PASSWORD_LENGTH_MIN, `expected at least ${PASSWORD_LENGTH_MIN} characters`)
      .max(PASSWORD_LENGTH_MAX, `expected at most ${PASSWORD_LENGTH_MAX} characters`),
  }),
  answer: z.object({ email: z.string() }),
  run: ({ context, body }) => acceptInvitation(context, body),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
