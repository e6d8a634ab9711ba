import type { Worker } from "node:worker_threads";
import type { LaneStatus } from "../contracts/lane.ts";
import type { Touched } from "../contracts/live-room.ts";
import { noOutcomes } from "../contracts/outcome.ts";
import type { Managed } from "../platform/lifecycle.ts";
import type { LaneTiming } from "../stream/consume.ts";
import type { KafkaSettings } from "../stream/kafka.ts";
import { openThread } from "./open-thread.ts";

/** What the thread is given; it crosses a message port, so it is data only. */
export type ChangesLaneSettings = {
  kafka: KafkaSettings;
  databaseUrl: string;
  logLevel: string;
  groupId?: string;
  timing?: Partial<LaneTiming>;
};

export type FromChangesThread =
  | { kind: "started" }
  | { kind: "status"; status: LaneStatus }
  | { kind: "touched"; touched: Touched };
export type ToChangesThread = { kind: "stop" } | { kind: "pause"; reason: string } | { kind: "resume" };

export type ChangesLane = Managed & {
  /** As the thread last told it, twice a second. */
  status(): LaneStatus;
  pause(reason: string): void;
  resume(): void;
  /** Called once when the thread ends although nobody stopped it. What was not stored comes again from the log. */
  failed(listener: (error: Error) => void): void;
  /** Called after each chunk with what it changed. It may be told of more than changed, and after a failure again. */
  onTouched(listener: (touched: Touched) => void): void;
};

/** The changes lane and the outbox relay, in a thread of their own, so that a burst of changes never slows the pages. */
export function createChangesLane(settings: ChangesLaneSettings): ChangesLane {
  let worker: Worker | null = null;
  let status = stopped("the lane is not started");
  let exited: Promise<void> = Promise.resolve();
  const listeners: ((error: Error) => void)[] = [];
  const touchedListeners: ((touched: Touched) => void)[] = [];

  const post = (message: ToChangesThread) => worker?.postMessage(message);

  function open(): Promise<void> {
    return new Promise((started, refused) => {
      const thread = openThread("changes", settings);
      let failure: Error | null = null;
      worker = thread;
      thread.on("message", (message: FromChangesThread) => {
        if (message.kind === "status") status = message.status;
        else if (message.kind === "started") started();
        else for (const listener of touchedListeners) listener(message.touched);
      });
      thread.on("error", (error) => {
        failure = error instanceof Error ? error : new Error(String(error));
      });
      exited = new Promise((ended) => {
        thread.on("exit", (code) => {
          ended();
          if (worker !== thread) return;
          worker = null;
          const error = failure ?? new Error(`the changes thread ended with ${code}`);
          status = stopped(error.message);
          refused(error);
          for (const listener of listeners) listener(error);
        });
      });
    });
  }

  return {
    name: "changes lane",
    start: open,
    async stop() {
      const thread = worker;
      worker = null;
      thread?.postMessage({ kind: "stop" } satisfies ToChangesThread);
      await exited;
      status = stopped("the lane is not started", status);
    },
    status: () => status,
    pause: (reason) => post({ kind: "pause", reason }),
    resume: () => post({ kind: "resume" }),
    failed: (listener) => void listeners.push(listener),
    onTouched: (listener) => void touchedListeners.push(listener),
  };
}

function stopped(reason: string, last?: LaneStatus): LaneStatus {
  const nothing = { lagRecords: 0, behindMs: 0, records: noOutcomes(), sources: [] };
  return { ...nothing, ...last, lane: "changes", state: "stopped", reason, recordsPerSecond: 0 };
}
