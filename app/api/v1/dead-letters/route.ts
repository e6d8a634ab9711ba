import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { Paging, text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { DeadLetter, DeadLetterStatus } from "@/server/contracts/dead-letter.ts";
import { presentDeadLetter } from "@/server/live/present-dead-letter.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { listDeadLetters } from "@/server/services/dead-letter/list.ts";

const Query = z.strictObject({
  ...Paging,
  status: DeadLetterStatus.optional(),
  reason: text(100).optional(),
  topic: text(249).optional(),
});

export const GET = route({
  method: "GET",
  path: "/api/v1/dead-letters",
  summary: "Rejected records with their original bytes, newest first; a page ends early when the bytes are many",
  role: "admin",
  query: Query,
  answer: pageOf(DeadLetter),
  run: async ({ context, query }) => presentPage(await listDeadLetters(context, query), presentDeadLetter),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
