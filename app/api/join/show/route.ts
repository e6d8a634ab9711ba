import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { InvitationShown } from "@/server/contracts/person.ts";
import { isoTime } from "@/server/platform/clock.ts";
import { showInvitation } from "@/server/services/person/accept.ts";

export const POST = route({
  method: "POST",
  path: "/api/join/show",
  summary: "What the link of an invitation is for",
  role: "open",
  body: z.strictObject({ token: text(100) }),
  answer: InvitationShown,
  run: async ({ context, body }) => {
    const { kind, email, name, expiresAt } = await showInvitation(context, body.token);
    return { kind, email, name, expiresAt: isoTime(expiresAt.getTime()) };
  },
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
