import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Person } from "@/server/contracts/person.ts";
import { Role } from "@/server/contracts/role.ts";
import { presentPerson } from "@/server/live/present-person.ts";
import { setPersonRole } from "@/server/services/person/change.ts";
import { PersonParams, Version } from "../../params.ts";

export const POST = route({
  method: "POST",
  path: "/api/v1/people/{id}/role",
  summary: "Gives somebody another role and ends their sessions",
  role: "admin",
  params: PersonParams,
  body: z.strictObject({ version: Version, role: Role }),
  answer: Person,
  run: async ({ context, params, body }) => presentPerson(await setPersonRole(context, { ...params, ...body })),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
