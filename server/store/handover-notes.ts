import type { HandoverInput } from "../contracts/handover-note.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import type { NoteReader, NoteWriter, StoredNote } from "../services/handover/port.ts";
import type { Db } from "./client.ts";

type Row = Prisma.HandoverNoteGetPayload<object>;

export function createNoteReader(db: Db): NoteReader {
  return {
    async list({ beforeId, limit }) {
      const rows = await db.handoverNote.findMany({
        where: beforeId === null ? {} : { id: { lt: beforeId } },
        orderBy: { id: "desc" },
        take: limit,
      });
      return rows.map(toNote);
    },
  };
}

export function createNoteWriter(db: Db): NoteWriter {
  return {
    async get(id) {
      const row = await db.handoverNote.findUnique({ where: { id } });
      return row && toNote(row);
    },
    async add({ id: authorId, name: author }, note) {
      return toNote(await db.handoverNote.create({ data: { authorId, author, ...note } }));
    },
    async replace(id, version, note) {
      const [row] = await db.handoverNote.updateManyAndReturn({
        where: { id, version },
        data: { ...note, version: version + 1, updatedAt: new Date() },
      });
      return row ? toNote(row) : null;
    },
  };
}

const toNote = ({ links, ...row }: Row): StoredNote => ({ ...row, links: links as HandoverInput["links"] });
