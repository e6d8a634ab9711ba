import type { Socket } from "socket.io-client";
import type { InventoryEvent, OrdersEvent, RoomAck, RoomEvent, RoomSince } from "@/server/contracts/live-room.ts";
import type { SocketError } from "@/server/contracts/socket.ts";

/** The rooms whose messages are numbered, with what their messages hold. */
export type Rooms = { orders: OrdersEvent; inventory: InventoryEvent };
export type RoomName = keyof Rooms;

export type RoomListener<Event> = {
  /** The next message of the room; none is left out and none comes twice. */
  onEvent(event: Event): void;
  /** What is shown may lack something: it has to be asked for as a whole, and messages go on from there. */
  onPicture(): void;
};

/** Asking again would be answered the same. */
const FINAL_ERRORS: readonly SocketError["code"][] = ["unauthenticated", "forbidden", "unknown_event"];
const ANSWER_MS_MAX = 5_000;
const ASK_AGAIN_MS = 2_000;
/** More than this that came while an answer was awaited is not kept: a picture is cheaper. */
const WAITING_MAX = 200;

/**
 * The numbered rooms of the one socket. A room is asked for while somebody listens; after a gap, a new connection or
 * another epoch it asks for what it missed, and is told so when that is gone.
 */
export class LiveRooms {
  readonly #rooms = new Map<RoomName, LiveRoom<RoomEvent<unknown>>>();
  #socket: Socket | null = null;

  /** With each new connection: what the rooms heard before is where they go on from. */
  attach(socket: Socket): void {
    this.#socket = socket;
    for (const [name, room] of this.#rooms) this.#open(name, room, socket);
  }

  listen<Name extends RoomName>(name: Name, listener: RoomListener<Rooms[Name]>): () => void {
    return this.#roomOf(name).listen(listener as RoomListener<RoomEvent<unknown>>);
  }

  #roomOf(name: RoomName): LiveRoom<RoomEvent<unknown>> {
    const known = this.#rooms.get(name);
    if (known) return known;
    const room = new LiveRoom<RoomEvent<unknown>>(name);
    this.#rooms.set(name, room);
    if (this.#socket) this.#open(name, room, this.#socket);
    return room;
  }

  #open(name: RoomName, room: LiveRoom<RoomEvent<unknown>>, socket: Socket): void {
    socket.on(`${name}:event`, (event: RoomEvent<unknown>) => room.take(event));
    room.connect(socket);
  }
}

class LiveRoom<Event extends RoomEvent<unknown>> {
  readonly #name: RoomName;
  readonly #listeners = new Set<RoomListener<Event>>();
  #socket: Socket | null = null;
  #at: { epoch: number; seq: number } | null = null;
  /** What came while an answer is awaited; `null` when none is. */
  #waiting: Event[] | null = null;

  constructor(name: RoomName) {
    this.#name = name;
  }

  connect(socket: Socket): void {
    this.#socket = socket;
    this.#waiting = null;
    if (socket.connected) this.#ask();
    else socket.once("connect", () => this.#ask());
  }

  listen(listener: RoomListener<Event>): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      // Nobody kept what was told in between.
      this.#at = null;
      this.#ask();
    } else if (this.#at) listener.onPicture();
    return () => this.#listeners.delete(listener);
  }

  take(event: Event): void {
    if (this.#listeners.size === 0) return;
    if (this.#waiting) {
      if (this.#waiting.length < WAITING_MAX) this.#waiting.push(event);
      return;
    }
    if (!this.#follow(event)) this.#ask();
  }

  /** Whether the message is the next one, or known already. */
  #follow(event: Event): boolean {
    if (!this.#at || event.epoch !== this.#at.epoch || event.seq > this.#at.seq + 1) return false;
    if (event.seq <= this.#at.seq) return true;
    this.#at = { epoch: event.epoch, seq: event.seq };
    for (const listener of this.#listeners) listener.onEvent(event);
    return true;
  }

  #ask(): void {
    const socket = this.#socket;
    if (!socket?.connected || this.#listeners.size === 0 || this.#waiting) return;
    this.#waiting = [];
    const since: RoomSince = this.#at ?? {};
    socket
      .timeout(ANSWER_MS_MAX)
      .emit(
        `${this.#name}:since`,
        since,
        (failure: Error | null, answer?: RoomAck<unknown> | { error: SocketError }) => {
          if (socket === this.#socket) this.#answered(failure ? null : (answer ?? null));
        },
      );
  }

  #answered(answer: RoomAck<unknown> | { error: SocketError } | null): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    if (this.#listeners.size === 0) return;
    if (!answer || "error" in answer) {
      const isFinal = answer !== null && FINAL_ERRORS.includes(answer.error.code);
      if (!isFinal) setTimeout(() => this.#ask(), ASK_AGAIN_MS);
      return;
    }
    if (answer.events === null) {
      this.#at = { epoch: answer.epoch, seq: answer.seq };
      for (const listener of this.#listeners) listener.onPicture();
    } else for (const event of answer.events as Event[]) this.#follow(event);
    if (!waiting.every((event) => this.#follow(event))) this.#ask();
  }
}
