import type { HandoverNote } from "../contracts/handover-note.ts";
import { isoTime } from "../platform/clock.ts";
import type { Actor } from "../services/actor.ts";
import type { StoredNote } from "../services/handover/port.ts";

export function presentNote(
  { id, author, authorId, body, links, version, ...note }: StoredNote,
  actor: Actor,
): HandoverNote {
  return {
    ...{ id, author, body, links, version },
    isOwn: authorId === actor.id,
    createdAt: isoTime(note.createdAt.getTime()),
    updatedAt: isoTime(note.updatedAt.getTime()),
  };
}
