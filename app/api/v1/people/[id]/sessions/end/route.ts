import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { endPersonSessions } from "@/server/services/person/sessions.ts";
import { PersonParams } from "../../../params.ts";

export const POST = route({
  method: "POST",
  path: "/api/v1/people/{id}/sessions/end",
  summary: "Signs somebody out, everywhere or in one browser",
  role: "admin",
  params: PersonParams,
  body: z.strictObject({ sessionId: z.uuid().optional() }),
  answer: z.object({ ended: z.number().int() }),
  run: ({ context, params, body }) => endPersonSessions(context, { ...params, ...body }),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
