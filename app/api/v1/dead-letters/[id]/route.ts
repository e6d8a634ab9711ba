import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { DeadLetter } from "@/server/contracts/dead-letter.ts";
import { presentDeadLetter } from "@/server/live/present-dead-letter.ts";
import { getDeadLetter } from "@/server/services/dead-letter/get.ts";
import { DeadLetterParams } from "./params.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/dead-letters/{id}",
  summary: "One rejected record",
  role: "admin",
  params: DeadLetterParams,
  answer: DeadLetter,
  run: async ({ context, params }) => presentDeadLetter(await getDeadLetter(context, params)),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
