import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../platform/logger.ts";

const RETRY_MS = 2_000;
/** Of a flood it reads a quarter of the time: what is touched often is read once, and the pages go on. */
const REST_FOR_WORK = 3;
const REST_MS_MAX = 1_500;

export type TouchedReading = {
  start(): void;
  /** Something may be waiting. */
  wake(): void;
  stop(): Promise<void>;
};

/**
 * Reads what was touched, one reading at a time: what is touched meanwhile is read in the next. A reading that fails
 * keeps what it took and is tried again, so that nothing is lost.
 */
export function createTouchedReading(deps: {
  isWaiting(): boolean;
  read(): Promise<void>;
  logger: Logger;
  /** What is logged when it fails. */
  failure: string;
}): TouchedReading {
  let ending: AbortController | null = null;
  let running: Promise<void> | null = null;

  async function run(signal: AbortSignal): Promise<void> {
    while (deps.isWaiting() && !signal.aborted) {
      const startedMs = performance.now();
      let restMsMin = 0;
      try {
        await deps.read();
      } catch (error) {
        deps.logger.warn({ err: error }, deps.failure);
        restMsMin = RETRY_MS;
      }
      const restMs = Math.min(REST_MS_MAX, REST_FOR_WORK * (performance.now() - startedMs));
      // Being told to end is not an error.
      await sleep(Math.max(restMsMin, restMs), undefined, { signal }).catch(() => {});
    }
  }

  function wake(): void {
    if (running || !ending || ending.signal.aborted) return;
    running = run(ending.signal).finally(() => {
      running = null;
      if (deps.isWaiting()) wake();
    });
  }

  return {
    start() {
      ending = new AbortController();
      wake();
    },
    wake,
    async stop() {
      ending?.abort();
      await running;
    },
  };
}
