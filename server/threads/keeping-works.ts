import type { Worker } from "node:worker_threads";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";
import { openThread } from "./open-thread.ts";
import type { KeepingSettings } from "./run-keeping.ts";

const OPEN_AGAIN_MS = 60_000;

/** The works on what is stored, in a thread of their own: sorting a quarter hour of readings slows neither lanes nor pages. */
export function createKeepingWorks(settings: KeepingSettings, logger: Logger): Managed {
  let worker: Worker | null = null;
  let exited: Promise<void> = Promise.resolve();
  let opening: NodeJS.Timeout | undefined;

  /** Nothing is lost while it does not run: it begins where it was. */
  function open(): void {
    const thread = openThread("keeping", settings);
    worker = thread;
    thread.on("error", (error) => logger.error({ err: error }, "keeping the history failed"));
    exited = new Promise((done) => {
      thread.on("exit", () => {
        done();
        if (worker !== thread) return;
        opening = setTimeout(open, OPEN_AGAIN_MS);
      });
    });
  }

  return {
    name: "keeping",
    start: async () => open(),
    async stop() {
      clearTimeout(opening);
      const thread = worker;
      worker = null;
      thread?.postMessage("stop");
      await exited;
    },
  };
}
