import { z } from "zod";
import type { HandoverInput } from "../../contracts/handover-note.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import type { StoredNote } from "./port.ts";

const NoteCursor = defineCursor("handover", z.uuid());

/** What the shifts have told each other, newest first. */
export async function listNotes(
  context: Context,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<StoredNote>> {
  requireRole(context.actor, "planner");
  const asOfMs = context.now();
  const beforeId = cursor === undefined ? null : NoteCursor.decode(cursor);
  const notes = await context.notes.list({ beforeId, limit: limit + 1 });
  const items = notes.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && notes.length > limit ? NoteCursor.encode(last.id) : null, asOfMs };
}

/** Writes down what the next shift has to know. */
export async function addNote(context: Context, input: HandoverInput): Promise<StoredNote> {
  requireRole(context.actor, "planner");
  const { id, name } = context.actor;
  return context.transaction(async ({ notes, audit }) => {
    const note = await notes.add({ id, name }, input);
    await audit({ actor: id, action: "handover.add", subject: `handover:${note.id}`, after: input });
    return note;
  });
}

/** Corrects a note of one's own. */
export async function replaceNote(
  context: Context,
  { id, version, ...input }: HandoverInput & { id: string; version: number },
): Promise<StoredNote> {
  requireRole(context.actor, "planner");
  return context.transaction(async ({ notes, audit }) => {
    const before = await notes.get(id);
    if (!before) throw new AppError("not_found", "no such note");
    if (before.authorId !== context.actor.id) throw new AppError("forbidden", "only its author may change a note");
    const note = await notes.replace(id, version, input);
    if (!note) throw new AppError("conflict", "somebody has changed this meanwhile");
    const { body, links } = before;
    await audit({
      actor: context.actor.id,
      action: "handover.change",
      subject: `handover:${id}`,
      before: { body, links },
      after: input,
    });
    return note;
  });
}
