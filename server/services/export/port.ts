import type { Readable } from "node:stream";
import type { ExportInput, ExportKind, ExportStatus } from "../../contracts/export-job.ts";
import type { Actor } from "../actor.ts";

export type StoredExport = {
  id: string;
  ownerId: string;
  kind: ExportKind;
  params: ExportInput;
  status: ExportStatus;
  rows: number;
  rowsTotal: number | null;
  bytes: bigint;
  error: string | null;
  createdAt: Date;
  finishedAt: Date | null;
};

export type ExportReader = {
  get(id: string): Promise<StoredExport | null>;
  /** Somebody's own, newest first. */
  list(ownerId: string, limit: number): Promise<StoredExport[]>;
};

export type ExportWriter = {
  add(ownerId: string, input: ExportInput): Promise<StoredExport>;
  countOpen(ownerId: string): Promise<number>;
};

/** What makes the files, one after the other, beside everything else the process does. */
export type ExportWorks = {
  /** Takes a stored job on, for whoever asked for it. */
  take(job: StoredExport, actor: Actor): void;
  /** Ends a job that runs or waits here. */
  cancel(id: string): void;
  /** The finished file; `null` when it is not kept any more. */
  open(id: string): Promise<Readable | null>;
};
