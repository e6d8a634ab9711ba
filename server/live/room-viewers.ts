import type { Server, Socket } from "socket.io";
import { RoomSince } from "../contracts/live-room.ts";
import type { SocketError } from "../contracts/socket.ts";
import { queuedBytes } from "./fleet-viewers.ts";
import type { CatchUp, NumberedEvent } from "./room.ts";

/** What the sockets need of a room, whatever its things are. */
export type SocketRoom = {
  since(asked: RoomSince): CatchUp<object>;
  flush(): NumberedEvent<object> | null;
};

export type RoomAnswer = (answer: CatchUp<object> | { error: SocketError }) => void;

/** A queue longer than this leaves a client out until it has read what it was sent. */
const QUEUE_BYTES_MAX = 1_048_576;
const QUEUE_BYTES_CAUGHT_UP = 16_384;
/** Of no epoch that ever was: whoever gets it asks again. */
const ASK_AGAIN: NumberedEvent<object> = { epoch: 0, seq: 0, gone: [] };

/**
 * Who follows a room: those who asked `<name>:since` are told every event after the answer as `<name>:event`. One who
 * does not keep up is left out, and asked to ask again once its queue is empty: no queue grows, nothing is lost.
 */
export class RoomViewers {
  readonly #io: Server;
  readonly #name: string;
  readonly #room: SocketRoom;
  readonly #leftOut = new Set<Socket>();

  constructor({ io, name, room }: { io: Server; name: string; room: SocketRoom }) {
    this.#io = io;
    this.#name = name;
    this.#room = room;
  }

  /** Joining and answering in one turn: the first event after this has the next number. */
  follow(socket: Socket, asked: unknown, answer: RoomAnswer): void {
    const parsed = RoomSince.safeParse(asked ?? {});
    if (!parsed.success) {
      const errors = parsed.error.issues.map(({ path, message }) => ({ path: `/${path.join("/")}`, message }));
      answer({ error: { code: "invalid_input", message: "the question is not valid", errors } });
      return;
    }
    this.#leftOut.delete(socket);
    void socket.join(this.#name);
    answer(this.#room.since(parsed.data));
  }

  forget(socket: Socket): void {
    this.#leftOut.delete(socket);
  }

  /** Sends what changed since the last time. Called at most twice a second. */
  tick(): void {
    this.#letBackIn();
    const event = this.#room.flush();
    if (!event) return;
    for (const id of this.#io.of("/").adapter.rooms.get(this.#name) ?? []) {
      const socket = this.#io.of("/").sockets.get(id);
      if (socket && queuedBytes(socket) > QUEUE_BYTES_MAX) this.#leaveOut(socket);
    }
    this.#io.to(this.#name).emit(`${this.#name}:event`, event);
  }

  #leaveOut(socket: Socket): void {
    void socket.leave(this.#name);
    this.#leftOut.add(socket);
  }

  #letBackIn(): void {
    for (const socket of this.#leftOut) {
      if (queuedBytes(socket) > QUEUE_BYTES_CAUGHT_UP) continue;
      this.#leftOut.delete(socket);
      socket.emit(`${this.#name}:event`, ASK_AGAIN);
    }
  }
}
