import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { comment } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { DeadLetter } from "@/server/contracts/dead-letter.ts";
import { presentDeadLetter } from "@/server/live/present-dead-letter.ts";
import { reopenDeadLetter } from "@/server/services/dead-letter/reopen.ts";
import { DeadLetterParams } from "../params.ts";

export const POST = route({
  method: "POST",
  path: "/api/v1/dead-letters/{id}/reopen",
  summary: "Takes back that a rejected record was discarded",
  role: "admin",
  params: DeadLetterParams,
  body: z.strictObject({ comment: comment(2_000).optional() }),
  answer: DeadLetter,
  run: async ({ context, params, body }) => presentDeadLetter(await reopenDeadLetter(context, { ...params, ...body })),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
