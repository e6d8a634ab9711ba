import type { Worker } from "node:worker_threads";
import type { ChangeChunk, LaneStatus, TelemetryQueries } from "../contracts/lane.ts";
import type { VisitTold } from "../contracts/live-room.ts";
import { noOutcomes } from "../contracts/outcome.ts";
import { AppError } from "../platform/errors.ts";
import type { Managed } from "../platform/lifecycle.ts";
import { openThread } from "./open-thread.ts";
import type { FromTelemetryThread, Query, ToTelemetryThread } from "./telemetry-messages.ts";
import type { TelemetrySettings } from "./telemetry-settings.ts";

const ANSWER_MS_MAX = 10_000;
/** A moment of the past is folded from up to an hour of readings. */
const PAST_ANSWER_MS_MAX = 60_000;

export type TelemetryLane = Managed &
  TelemetryQueries & {
    /** As the thread last told it, twice a second. */
    status(): LaneStatus;
    /** Every 100 ms the vehicles that changed; a new listener makes the thread tell the whole state first. */
    onChunk(listener: (chunk: ChangeChunk) => void): void;
    /** The listeners there are are told the whole state once more. */
    tellAll(): void;
    /** Visits of fences that began or ended; a new listener is told first who is where. */
    onVisits(listener: (visits: readonly VisitTold[]) => void): void;
    /** Sites or fences are others now: the line reads them again. */
    fencesChanged(): void;
    /** A partition was given to another process: its vehicles are told by that one. */
    onDropped(listener: (partition: number) => void): void;
    pause(reason: string): void;
    resume(): void;
    /** Called once when the thread ends although nobody stopped it. What was not stored comes again from the log. */
    failed(listener: (error: Error) => void): void;
  };

type Waiting = { resolve(value: unknown): void; reject(error: Error): void };

/** The telemetry lane in a thread of its own, so that no burst of readings slows the pages. */
export function createTelemetryLane(settings: TelemetrySettings): TelemetryLane {
  let worker: Worker | null = null;
  let status = stopped("the lane is not started");
  let exited: Promise<void> = Promise.resolve();
  let asked = 0;
  const waiting = new Map<number, Waiting>();
  const onChunk: ((chunk: ChangeChunk) => void)[] = [];
  const onVisits: ((visits: readonly VisitTold[]) => void)[] = [];
  const onDropped: ((partition: number) => void)[] = [];
  const onFailure: ((error: Error) => void)[] = [];
  const post = (message: ToTelemetryThread) => worker?.postMessage(message);

  function received(message: FromTelemetryThread, started: () => void): void {
    if (message.kind === "chunk") for (const listener of onChunk) listener(message.chunk);
    else if (message.kind === "visits") for (const listener of onVisits) listener(message.visits);
    else if (message.kind === "status") status = message.status;
    else if (message.kind === "dropped") for (const listener of onDropped) listener(message.partition);
    else if (message.kind === "answer") waiting.get(message.id)?.resolve(message.value);
    else if (message.kind === "refused") waiting.get(message.id)?.reject(unavailable(message.message));
    else started();
  }

  function ended(error: Error): void {
    status = stopped(error.message);
    for (const { reject } of waiting.values()) reject(unavailable(error.message));
    for (const listener of onFailure) listener(error);
  }

  function open(): Promise<void> {
    return new Promise((started, refused) => {
      const thread = openThread("telemetry", settings);
      let failure: Error | null = null;
      worker = thread;
      if (onChunk.length + onVisits.length > 0) post({ kind: "attach" });
      thread.on("message", (message: FromTelemetryThread) => received(message, started));
      thread.on("error", (error) => {
        failure = error instanceof Error ? error : new Error(String(error));
      });
      exited = new Promise((done) => {
        thread.on("exit", (code) => {
          done();
          if (worker !== thread) return;
          worker = null;
          const error = failure ?? new Error(`the telemetry thread ended with ${code}`);
          refused(error);
          ended(error);
        });
      });
    });
  }

  /** Each question is answered, refused, or given up after a while: a caller never waits for a thread that is stuck. */
  function ask<T>(query: Query, ...parameters: unknown[]): Promise<T> {
    if (!worker) return Promise.reject(unavailable(status.reason ?? "the telemetry lane is not running"));
    asked += 1;
    const id = asked;
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<T>((resolve, reject) => {
      const waitMs = query === "fleetAt" || query === "vehiclesAt" ? PAST_ANSWER_MS_MAX : ANSWER_MS_MAX;
      timer = setTimeout(() => reject(unavailable("the telemetry lane did not answer in time")), waitMs);
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
    });
    post({ kind: "ask", id, query, parameters });
    return answer.finally(() => {
      clearTimeout(timer);
      waiting.delete(id);
    });
  }

  return {
    name: "telemetry lane",
    start: open,
    async stop() {
      const thread = worker;
      worker = null;
      thread?.postMessage({ kind: "stop" } satisfies ToTelemetryThread);
      await exited;
      status = stopped("the lane is not started", status);
    },
    status: () => status,
    onChunk(listener) {
      onChunk.push(listener);
      post({ kind: "attach" });
    },
    onVisits(listener) {
      onVisits.push(listener);
      post({ kind: "attach" });
    },
    tellAll: () => post({ kind: "attach" }),
    fencesChanged: () => post({ kind: "fences_changed" }),
    onDropped: (listener) => void onDropped.push(listener),
    failed: (listener) => void onFailure.push(listener),
    pause: (reason) => post({ kind: "pause", reason }),
    resume: () => post({ kind: "resume" }),
    vehicles: (ids) => ask("vehicles", ids),
    track: (id, fromMs, toMs, limit) => ask("track", id, fromMs, toMs, limit),
    readings: (id, fromMs, toMs, limit) => ask("readings", id, fromMs, toMs, limit),
    fleetAt: (atMs) => ask("fleetAt", atMs),
    vehiclesAt: (ids, atMs) => ask("vehiclesAt", ids, atMs),
    series: (id, measures, fromMs, toMs, pointsMax) => ask("series", id, measures, fromMs, toMs, pointsMax),
  };
}

const unavailable = (message: string) => new AppError("unavailable", message);

function stopped(reason: string, last?: LaneStatus): LaneStatus {
  const nothing = { lagRecords: 0, behindMs: 0, records: noOutcomes(), sources: [] };
  return { ...nothing, ...last, lane: "telemetry", state: "stopped", reason, recordsPerSecond: 0 };
}
