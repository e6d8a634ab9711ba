import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { HandoverInput, HandoverNote } from "@/server/contracts/handover-note.ts";
import { presentNote } from "@/server/live/present-note.ts";
import { replaceNote } from "@/server/services/handover/write.ts";

export const PUT = route({
  method: "PUT",
  path: "/api/v1/handover-notes/{id}",
  summary: "Corrects a note of one's own",
  role: "planner",
  params: z.strictObject({ id: z.uuid("expected the id of a note") }),
  body: HandoverInput.extend({ version: z.number().int().min(1) }),
  answer: HandoverNote,
  run: async ({ context, actor, params, body }) =>
    presentNote(await replaceNote(context, { ...params, ...body }), actor),
});
export const { GET, POST, PATCH, DELETE, OPTIONS } = otherMethods(PUT);
