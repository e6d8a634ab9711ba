import { setTimeout as sleep } from "node:timers/promises";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";
import type { RefoldNext } from "../store/project-again.ts";

/** Another process reads, or the database is away. */
const RETRY_MS = 5000;
const LOG_INTERVAL_MS = 10_000;

/**
 * Reads stored rows again in the background, portion by portion, until all of them are made into what the program that
 * runs now makes of rows. Rests as long as each portion took, so that what comes in does not wait for it.
 */
export function readAgain({ next, logger }: { next: RefoldNext; logger: Logger }): Managed & { rows(): number | null } {
  const ending = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let rows: number | null = null;

  async function run(): Promise<void> {
    let loggedMs = performance.now();
    while (!ending.signal.aborted) {
      const startedMs = performance.now();
      const progress = await next().catch((error: unknown) => {
        logger.warn({ err: error }, "stored rows could not be read again, it is tried again");
        return null;
      });
      if (progress?.isDone) {
        if (rows !== null) logger.info({ rows: progress.rows }, "all stored rows have been read again");
        rows = null;
        return;
      }
      if (progress && (rows === null || performance.now() - loggedMs > LOG_INTERVAL_MS)) {
        logger.info({ rows: progress.rows }, "reading stored rows again, because other things are made of them now");
        loggedMs = performance.now();
      }
      rows = progress ? progress.rows : rows;
      await rest(progress ? performance.now() - startedMs : RETRY_MS);
    }
  }

  /** Being told to end is not an error. */
  const rest = (ms: number): Promise<void> => sleep(ms, undefined, { signal: ending.signal }).catch(() => {});

  return {
    name: "read again",
    async start() {
      running = run();
    },
    async stop() {
      ending.abort();
      await running;
    },
    /** How many have been read so far; `null` when there is nothing to do. */
    rows: () => rows,
  };
}
