import { once } from "node:events";
import type { Socket } from "node:net";
import type { Logger } from "../../../platform/logger.ts";
import { ProtocolError } from "../wire/protocol-error.ts";
import type { Dispatch } from "./create-dispatcher.ts";
import { FrameSplitter } from "./frame-splitter.ts";

/** A client that sends on without reading answers is held back beyond this. */
const QUEUED_REQUESTS_MAX = 64;

export type ConnectionOptions = { socket: Socket; dispatch: Dispatch; frameBytesMax: number; logger: Logger };

/**
 * One client. Requests are answered in order, one at a time, as the protocol demands. Whatever goes wrong here
 * closes this connection, with one line in the log, and touches no other.
 */
export class Connection {
  readonly #socket: Socket;
  readonly #dispatch: Dispatch;
  readonly #logger: Logger;
  readonly #splitter: FrameSplitter;
  readonly #closed = new AbortController();
  readonly #peer: { clientHost: string; closed: AbortSignal };
  readonly #remote: string;
  #queue: Buffer[] = [];
  #isAnswering = false;

  constructor({ socket, dispatch, frameBytesMax, logger }: ConnectionOptions) {
    this.#socket = socket;
    this.#dispatch = dispatch;
    this.#logger = logger;
    this.#splitter = new FrameSplitter(frameBytesMax);
    this.#peer = { clientHost: socket.remoteAddress ?? "", closed: this.#closed.signal };
    this.#remote = `${socket.remoteAddress}:${socket.remotePort}`;
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#receive(chunk));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      this.#queue = [];
      this.#closed.abort();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    try {
      this.#queue.push(...this.#splitter.push(chunk));
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (this.#queue.length > QUEUED_REQUESTS_MAX) this.#socket.pause();
    if (!this.#isAnswering) void this.#answerQueue();
  }

  async #answerQueue(): Promise<void> {
    this.#isAnswering = true;
    for (let frame = this.#queue.shift(); frame; frame = this.#queue.shift()) {
      try {
        const answer = await this.#dispatch(frame, this.#peer);
        if (answer && !this.#socket.destroyed) await this.#send(answer);
      } catch (error) {
        this.#fail(error);
      }
      if (this.#socket.isPaused() && this.#queue.length < QUEUED_REQUESTS_MAX) this.#socket.resume();
    }
    this.#isAnswering = false;
  }

  async #send(answer: readonly Buffer[]): Promise<void> {
    this.#socket.cork();
    for (const bytes of answer) this.#socket.write(bytes);
    this.#socket.uncork();
    // The next answer waits until this client has taken what it was sent, or answers would pile up in memory.
    if (this.#socket.writableNeedDrain) await once(this.#socket, "drain", { signal: this.#closed.signal });
  }

  #fail(error: unknown): void {
    if (this.#socket.destroyed) return;
    this.#queue = [];
    this.#socket.destroy();
    if (error instanceof ProtocolError) {
      this.#logger.warn({ remote: this.#remote, reason: error.message }, "closed a connection that broke the protocol");
    } else {
      this.#logger.error({ remote: this.#remote, err: error }, "closed a connection whose request failed");
    }
  }
}
