import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { comment } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { DeadLetter } from "@/server/contracts/dead-letter.ts";
import { presentDeadLetter } from "@/server/live/present-dead-letter.ts";
import { replayDeadLetter } from "@/server/services/dead-letter/replay.ts";
import { DeadLetterParams } from "../params.ts";

const BODY_BYTES_MAX = 2 * 1_024 * 1_024;

const Body = z.strictObject({
  value: z.base64("expected the mended record in base64").min(1, "expected some bytes").optional(),
  comment: comment(2_000).optional(),
});

export const POST = route({
  method: "POST",
  path: "/api/v1/dead-letters/{id}/replay",
  summary: "Sends a rejected record through the line once more, mended when a value is given",
  role: "admin",
  params: DeadLetterParams,
  body: Body,
  bodyBytesMax: BODY_BYTES_MAX,
  answer: DeadLetter,
  run: async ({ context, params, body: { value, comment } }) => {
    const mended = value === undefined ? undefined : Buffer.from(value, "base64");
    return presentDeadLetter(await replayDeadLetter(context, { ...params, value: mended, comment }));
  },
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
