import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Person } from "@/server/contracts/person.ts";
import { presentPerson } from "@/server/live/present-person.ts";
import { setPersonBlocked } from "@/server/services/person/change.ts";
import { PersonParams, Version } from "../../params.ts";

export const POST = route({
  method: "POST",
  path: "/api/v1/people/{id}/unblock",
  summary: "Lets somebody in again",
  role: "admin",
  params: PersonParams,
  body: z.strictObject({ version: Version }),
  answer: Person,
  run: async ({ context, params, body }) =>
    presentPerson(await setPersonBlocked(context, { ...params, ...body, reason: null })),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
