import type { ExportJob } from "../contracts/export-job.ts";
import { isoTime } from "../platform/clock.ts";
import type { StoredExport } from "../services/export/port.ts";

export function presentExport({ id, kind, status, rows, rowsTotal, bytes, error, ...job }: StoredExport): ExportJob {
  return {
    ...{ id, kind, status, rows, rowsTotal, error, bytes: Number(bytes) },
    createdAt: isoTime(job.createdAt.getTime()),
    finishedAt: job.finishedAt && isoTime(job.finishedAt.getTime()),
  };
}
