import { ExportInput, type ExportKind, type ExportStatus } from "../contracts/export-job.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import type { ExportReader, ExportWriter, StoredExport } from "../services/export/port.ts";
import type { Db } from "./client.ts";

type Row = Prisma.ExportJobGetPayload<object>;

const OPEN = { in: ["queued", "running"] };

export function createExportReader(db: Db): ExportReader {
  return {
    async get(id) {
      const row = await db.exportJob.findUnique({ where: { id } });
      return row && toExport(row);
    },
    async list(ownerId, limit) {
      const rows = await db.exportJob.findMany({ where: { ownerId }, orderBy: { createdAt: "desc" }, take: limit });
      return rows.map(toExport);
    },
  };
}

export function createExportWriter(db: Db): ExportWriter {
  return {
    async add(ownerId, input) {
      const params = input as unknown as Prisma.InputJsonObject;
      return toExport(await db.exportJob.create({ data: { ownerId, kind: input.kind, params } }));
    },
    countOpen: (ownerId) => db.exportJob.count({ where: { ownerId, status: OPEN } }),
  };
}

/** How far a job is, as it goes on. */
export type ExportProgress = {
  status: ExportStatus;
  rows: number;
  rowsTotal: number | null;
  bytes: number;
  error: string | null;
};

/** For the works that make the files. */
export function createExportProgress(db: Db) {
  return {
    /** A job that was cancelled meanwhile stays so. */
    async note(id: string, { bytes, ...progress }: ExportProgress): Promise<void> {
      const hasEnded = progress.status !== "queued" && progress.status !== "running";
      await db.exportJob.updateMany({
        where: { id, status: OPEN },
        data: { ...progress, bytes: BigInt(bytes), ...(hasEnded && { finishedAt: new Date() }) },
      });
    },
    /** Jobs that a process left behind when it ended. */
    async failOpen(error: string): Promise<void> {
      await db.exportJob.updateMany({
        where: { status: OPEN },
        data: { status: "failed", error, finishedAt: new Date() },
      });
    },
    /** Forgets jobs older than this; returns their ids. */
    async forget(before: Date): Promise<string[]> {
      const old = await db.exportJob.findMany({
        where: { createdAt: { lt: before } },
        select: { id: true },
        take: 1_000,
      });
      const ids = old.map(({ id }) => id);
      await db.exportJob.deleteMany({ where: { id: { in: ids } } });
      return ids;
    },
  };
}
export type ExportProgressStore = ReturnType<typeof createExportProgress>;

const toExport = ({ kind, params, status, ...row }: Row): StoredExport => ({
  ...row,
  kind: kind as ExportKind,
  params: ExportInput.parse(params),
  status: status as ExportStatus,
});
