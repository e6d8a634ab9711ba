import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { PersonLink } from "@/server/contracts/person.ts";
import { resetPersonPassword } from "@/server/services/person/change.ts";
import { PersonParams, Version } from "../../params.ts";
import { presentLink } from "../../present-link.ts";

export const POST = route({
  method: "POST",
  path: "/api/v1/people/{id}/reset",
  summary: "A link with which somebody sets a new password; their sessions end",
  role: "admin",
  params: PersonParams,
  body: z.strictObject({ version: Version }),
  answer: PersonLink,
  run: async ({ context, params, body, tower }) => {
    const { person, token, expiresAt } = await resetPersonPassword(context, { ...params, ...body });
    return presentLink(tower, person, token, expiresAt);
  },
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
