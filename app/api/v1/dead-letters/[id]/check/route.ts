import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { DeadLetterCheck } from "@/server/contracts/dead-letter.ts";
import { checkDeadLetter } from "@/server/services/dead-letter/check.ts";
import { DeadLetterParams } from "../params.ts";

const BODY_BYTES_MAX = 2 * 1_024 * 1_024;

const Body = z.strictObject({
  value: z.base64("expected the mended record in base64").min(1, "expected some bytes").optional(),
});

export const POST = route({
  method: "POST",
  path: "/api/v1/dead-letters/{id}/check",
  summary: "What a replay would come to, mended when a value is given; nothing is stored or sent",
  role: "admin",
  params: DeadLetterParams,
  body: Body,
  bodyBytesMax: BODY_BYTES_MAX,
  answer: DeadLetterCheck,
  run: ({ context, params, body: { value } }) =>
    checkDeadLetter(context, { ...params, value: value === undefined ? undefined : Buffer.from(value, "base64") }),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
