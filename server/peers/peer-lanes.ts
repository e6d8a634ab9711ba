import { connect } from "node:net";
import type { ChangeChunk, LaneStatus, TelemetryQueries } from "../contracts/lane.ts";
import { AppError } from "../platform/errors.ts";
import type { FromLanes, FromWeb } from "./peer-messages.ts";
import { PeerSocket } from "./peer-socket.ts";

const ANSWER_MS_MAX = 10_000;
/** A process that says nothing for so long is asleep, whatever it said before. */
const SILENT_MS_MAX = 5_000;

export type PeerListeners = {
  chunk(chunk: ChangeChunk): void;
  message(message: Extract<FromLanes, { kind: "visits" | "touched" }>): void;
  closed(): void;
};

type Waiting = { resolve(value: unknown): void; reject(error: Error): void };

/** The lanes of another process, seen from one with pages. */
export class PeerLanes {
  readonly #socket: PeerSocket<FromWeb, FromLanes>;
  readonly #waiting = new Map<number, Waiting>();
  /** Per partition and claim, how many vehicles it has named to us: it may be in the middle of its count when we come. */
  readonly #named = new Map<string, number>();
  #lanes: LaneStatus[] = [];
  #heardMs = Date.now();
  #asked = 0;

  static async connect(
    { host, port }: { host: string; port: number },
    key: Buffer,
    listeners: PeerListeners,
  ): Promise<PeerLanes> {
    const socket = connect(port, host);
    return new PeerLanes(await PeerSocket.shakeHands<FromWeb, FromLanes>(socket, "web", key), listeners);
  }

  private constructor(socket: PeerSocket<FromWeb, FromLanes>, listeners: PeerListeners) {
    this.#socket = socket;
    socket.closed(() => {
      for (const { reject } of this.#waiting.values()) reject(unavailable("the process of the lane is gone"));
      listeners.closed();
    });
    socket.listen((message) => {
      this.#heardMs = Date.now();
      if (message.kind === "status") this.#lanes = message.lanes;
      else if (message.kind === "chunk") this.#fold(message.chunk, listeners);
      else if (message.kind === "answer") this.#waiting.get(message.id)?.resolve(message.value);
      else if (message.kind === "refused") this.#waiting.get(message.id)?.reject(unavailable(message.message));
      else listeners.message(message);
    });
  }

  lanes(): LaneStatus[] {
    const silentMs = Date.now() - this.#heardMs;
    if (silentMs < SILENT_MS_MAX) return this.#lanes;
    const reason = `the process of the lane has said nothing for ${Math.round(silentMs / 1000)} s`;
    return this.#lanes.map((lane) => ({ ...lane, state: "paused", reason, recordsPerSecond: 0 }));
  }

  runs(lane: LaneStatus["lane"]): boolean {
    return this.#lanes.some((each) => each.lane === lane);
  }

  fencesChanged(): void {
    this.#socket.send({ kind: "fences_changed" });
  }

  ask<T>(query: keyof TelemetryQueries, parameters: unknown[]): Promise<T> {
    this.#asked += 1;
    const id = this.#asked;
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => reject(unavailable("the process of the lane did not answer in time")), ANSWER_MS_MAX);
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
    });
    this.#socket.send({ kind: "ask", id, query, parameters });
    return answer.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(id);
    });
  }

  close(): void {
    this.#socket.close();
  }

  /** What speaks of vehicles that were named before we came is left out: the whole state is on its way. */
  #fold(chunk: ChangeChunk, listeners: PeerListeners): void {
    const name = `${chunk.partition} ${chunk.epoch}`;
    const named = this.#named.get(name) ?? 0;
    if (chunk.firstId > named) return;
    this.#named.set(name, Math.max(named, chunk.firstId + chunk.newIds.length));
    listeners.chunk(chunk);
  }
}

const unavailable = (message: string) => new AppError("unavailable", message);
