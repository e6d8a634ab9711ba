import type { HandoverInput } from "../../contracts/handover-note.ts";

export type StoredNote = HandoverInput & {
  id: string;
  authorId: string;
  author: string;
  createdAt: Date;
  updatedAt: Date;
  version: number;
};

export type NoteReader = {
  /** Newest first, older than the note `beforeId` when it is given. */
  list(options: { beforeId: string | null; limit: number }): Promise<StoredNote[]>;
};

export type NoteWriter = {
  get(id: string): Promise<StoredNote | null>;
  add(author: { id: string; name: string }, note: HandoverInput): Promise<StoredNote>;
  /** Returns `null` when the version is not the newest any more. */
  replace(id: string, version: number, note: HandoverInput): Promise<StoredNote | null>;
};
