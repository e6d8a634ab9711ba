import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { comment, Instant, text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { ReplayBatch } from "@/server/contracts/dead-letter.ts";
import { replayBatch } from "@/server/services/dead-letter/replay-batch.ts";

const Body = z.strictObject({
  reason: text(100),
  topic: text(249).optional(),
  startedAt: Instant,
  comment: comment(2_000).optional(),
});

export const POST = route({
  method: "POST",
  path: "/api/v1/dead-letters/replay",
  summary: "Replays the next open records of a reason; called with the same start until nothing remains",
  role: "admin",
  body: Body,
  answer: ReplayBatch,
  run: ({ context, body: { startedAt, ...run } }) => replayBatch(context, { ...run, startedAtMs: startedAt }),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
