import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { PersonSession } from "@/server/contracts/person.ts";
import { presentPersonSession } from "@/server/live/present-person.ts";
import { listPersonSessions } from "@/server/services/person/sessions.ts";
import { PersonParams } from "../../params.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/people/{id}/sessions",
  summary: "Where somebody is signed in, newest first",
  role: "admin",
  params: PersonParams,
  answer: z.object({ items: z.array(PersonSession) }),
  run: async ({ context, params }) => ({
    items: (await listPersonSessions(context, params.id)).map(presentPersonSession),
  }),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
