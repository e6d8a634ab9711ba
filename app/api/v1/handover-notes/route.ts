import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { Paging } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { HandoverInput, HandoverNote } from "@/server/contracts/handover-note.ts";
import { presentNote } from "@/server/live/present-note.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { addNote, listNotes } from "@/server/services/handover/write.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/handover-notes",
  summary: "What one shift told the next, newest first",
  role: "planner",
  query: z.strictObject(Paging),
  answer: pageOf(HandoverNote),
  run: async ({ context, actor, query }) =>
    presentPage(await listNotes(context, query), (note) => presentNote(note, actor)),
});

export const POST = route({
  method: "POST",
  path: "/api/v1/handover-notes",
  summary: "Writes down what the next shift has to know",
  role: "planner",
  body: HandoverInput,
  answer: HandoverNote,
  run: async ({ context, actor, body }) => presentNote(await addNote(context, body), actor),
});
export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
