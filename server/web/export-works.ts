import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { stringify } from "csv-stringify";
import type { ExportInput } from "../contracts/export-job.ts";
import { harmless } from "../platform/csv.ts";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";
import type { Actor } from "../services/actor.ts";
import type { Context } from "../services/context.ts";
import { columnsOf } from "../services/export/columns.ts";
import { exportFormats } from "../services/export/formats.ts";
import { pagesOf, totalOf } from "../services/export/pages.ts";
import type { ExportWorks, StoredExport } from "../services/export/port.ts";
import type { ExportProgress, ExportProgressStore } from "../store/exports.ts";

const KEPT_MS = 24 * 3_600_000;
const TIDIED_EVERY_MS = 3_600_000;
const NOTED_EVERY_MS = 500;
const AT_ONCE_MAX = 2;

export type ExportWorksDeps = {
  directory: string;
  progress: ExportProgressStore;
  context(actor: Actor): Context;
  now(): number;
  logger: Logger;
};

type Job = { stored: StoredExport; actor: Actor; ended: AbortController };

/**
 * Makes the files of exports, a few at a time. A page is read only once the one before is written, so a file may be of
 * any length; how far it is stands in the table twice a second. Files go after a day.
 */
export function createExportWorks(deps: ExportWorksDeps): ExportWorks & Managed {
  const { directory, progress, logger } = deps;
  const waiting: Job[] = [];
  const running = new Map<string, Job>();
  const works = new Set<Promise<void>>();
  let tidying: NodeJS.Timeout | undefined;

  function startNext(): void {
    while (running.size < AT_ONCE_MAX) {
      const job = waiting.shift();
      if (!job) return;
      running.set(job.stored.id, job);
      const work = run(job).finally(() => {
        running.delete(job.stored.id);
        works.delete(work);
        startNext();
      });
      works.add(work);
    }
  }

  async function run({ stored: { id, params }, actor, ended }: Job): Promise<void> {
    const told: ExportProgress = { status: "running", rows: 0, rowsTotal: null, bytes: 0, error: null };
    const file = fileOf(id);
    const noting = setInterval(() => void progress.note(id, told).catch(failedToNote), NOTED_EVERY_MS);
    try {
      const context = deps.context(actor);
      told.rowsTotal = await totalOf(context, params);
      await progress.note(id, told);
      const rows = Readable.from(rowsOf(context, params, told), { objectMode: true });
      await pipeline(rows, stringify({ bom: true }), createWriteStream(file), { signal: ended.signal });
      told.bytes = (await stat(file)).size;
      told.status = "done";
    } catch (error) {
      told.status = ended.signal.aborted ? "cancelled" : "failed";
      if (told.status === "failed") {
        told.error = "it could not be finished";
        logger.error({ err: error, export: id }, "an export failed");
      }
      await rm(file, { force: true });
    } finally {
      clearInterval(noting);
      await progress.note(id, told).catch(failedToNote);
    }
  }

  async function tidy(): Promise<void> {
    for (const id of await progress.forget(new Date(deps.now() - KEPT_MS))) await rm(fileOf(id), { force: true });
  }

  const fileOf = (id: string) => join(directory, `${id}.csv`);
  const failedToNote = (error: unknown) => logger.warn({ err: error }, "how far an export is could not be stored");

  return {
    name: "exports",
    take(stored, actor) {
      waiting.push({ stored, actor, ended: new AbortController() });
      startNext();
    },
    cancel(id) {
      const place = waiting.findIndex(({ stored }) => stored.id === id);
      const [job] = place === -1 ? [] : waiting.splice(place, 1);
      const none = { rows: 0, rowsTotal: null, bytes: 0, error: null };
      if (job) void progress.note(id, { status: "cancelled", ...none }).catch(failedToNote);
      running.get(id)?.ended.abort();
    },
    async open(id) {
      const file = fileOf(id);
      const isThere = await stat(file).then(
        () => true,
        () => false,
      );
      return isThere ? createReadStream(file) : null;
    },
    async start() {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await progress.failOpen("the tower was restarted meanwhile");
      await tidy();
      tidying = setInterval(() => void tidy().catch(failedToNote), TIDIED_EVERY_MS).unref();
    },
    /** What runs is ended: its file would never be finished. */
    async stop() {
      clearInterval(tidying);
      waiting.length = 0;
      for (const { ended } of running.values()) ended.abort();
      await Promise.all(works);
    },
  };
}

async function* rowsOf(context: Context, input: ExportInput, told: ExportProgress) {
  const columns = columnsOf(input);
  const formats = exportFormats(input);
  yield columns.map(({ name }) => formats.head(name));
  for await (const page of pagesOf(context, input)) {
    for (const item of page) yield columns.map((column) => harmless(column.of(item, formats)));
    told.rows += page.length;
  }
}
