import type { Server, Socket } from "socket.io";
import type { FleetIds, FleetView, FleetViewAck, SocketError } from "../contracts/socket.ts";
import type { Clock } from "../platform/clock.ts";
import type { FleetColumns } from "./fleet-columns.ts";
import type { FleetRooms } from "./fleet-rooms.ts";

/** The room of those who are left out until they have read what they were sent. */
export const BEHIND = "behind";

/** A queue longer than this puts a client behind; its last snapshot may wait on top of it. */
const QUEUE_BYTES_MAX = 1_048_576;
const QUEUE_BYTES_CAUGHT_UP = 16_384;

export type Answer = (answer: FleetViewAck | { error: SocketError }) => void;

type Viewer = {
  socket: Socket;
  view: FleetView;
  /** `null` while the answer waits because the client is behind. */
  room: string | null;
  /** How many ids of the dictionary this client was told. */
  told: number;
  /** Bytes of the last snapshot, which may be on its way still. */
  snapshotBytes: number;
  behind: boolean;
  waiting: Answer | null;
};

/**
 * The browsers with an open map. A client that does not keep up gets nothing more until its queue is empty, and then
 * one fresh snapshot: so no queue grows longer than a snapshot and `QUEUE_BYTES_MAX`, and nobody slows the others.
 */
export class FleetViewers {
  readonly #viewers = new Map<string, Viewer>();
  readonly #io: Server;
  readonly #fleet: FleetColumns;
  readonly #rooms: FleetRooms;
  readonly #now: Clock;

  constructor(deps: { io: Server; fleet: FleetColumns; rooms: FleetRooms; now: Clock }) {
    this.#io = deps.io;
    this.#fleet = deps.fleet;
    this.#rooms = deps.rooms;
    this.#now = deps.now;
  }

  look(socket: Socket, view: FleetView, answer: Answer): void {
    const viewer = this.#viewers.get(socket.id) ?? newViewer(socket, view);
    this.#viewers.set(socket.id, viewer);
    this.#leaveRoom(viewer);
    viewer.waiting?.({ error: { code: "too_many_requests", message: "a newer view took its place" } });
    viewer.view = view;
    viewer.waiting = answer;
    if (viewer.behind || queuedBytes(socket) > QUEUE_BYTES_MAX) this.#fallBehind(viewer);
    else this.#show(viewer);
  }

  forget(socket: Socket): void {
    const viewer = this.#viewers.get(socket.id);
    if (!viewer) return;
    this.#leaveRoom(viewer);
    this.#viewers.delete(socket.id);
  }

  /** One frame for everyone who keeps up; new ids go before the frames that use them. */
  tick(): void {
    for (const viewer of this.#viewers.values()) this.#keepUp(viewer);
    for (const { room, frame } of this.#rooms.frames(this.#now()))
      this.#io.to(room).except(BEHIND).emit("fleet:frame", frame);
  }

  counts(): { viewers: number; behind: number; queuedBytes: number } {
    const viewers = [...this.#viewers.values()];
    return {
      viewers: viewers.length,
      behind: viewers.filter((viewer) => viewer.behind).length,
      queuedBytes: viewers.reduce((sum, viewer) => sum + queuedBytes(viewer.socket), 0),
    };
  }

  #keepUp(viewer: Viewer): void {
    const queued = queuedBytes(viewer.socket);
    if (viewer.behind) {
      if (queued > QUEUE_BYTES_CAUGHT_UP) return;
      viewer.behind = false;
      void viewer.socket.leave(BEHIND);
      this.#show(viewer);
      return;
    }
    if (queued <= QUEUE_BYTES_CAUGHT_UP) viewer.snapshotBytes = 0;
    if (queued > QUEUE_BYTES_MAX + viewer.snapshotBytes) this.#fallBehind(viewer);
    else this.#tellIds(viewer);
  }

  #fallBehind(viewer: Viewer): void {
    viewer.behind = true;
    void viewer.socket.join(BEHIND);
  }

  /** Answers a waiting question, then sends the whole picture. */
  #show(viewer: Viewer): void {
    const { socket, view } = viewer;
    if (viewer.waiting) {
      const knows = view.epoch === this.#fleet.epoch && view.known !== undefined;
      const first = knows ? Math.min(view.known!, this.#fleet.ids.length) : 0;
      viewer.waiting({ epoch: this.#fleet.epoch, first, ids: this.#fleet.ids.slice(first) });
      viewer.waiting = null;
      viewer.told = this.#fleet.ids.length;
    } else this.#tellIds(viewer);
    if (viewer.room === null) {
      viewer.room = this.#rooms.join(view);
      void socket.join(viewer.room);
    }
    for (const frame of this.#rooms.snapshot(view, this.#now())) socket.emit("fleet:frame", frame);
    viewer.snapshotBytes = queuedBytes(socket);
  }

  #tellIds(viewer: Viewer): void {
    const { epoch, ids } = this.#fleet;
    if (viewer.told === ids.length) return;
    const news: FleetIds = { epoch, first: viewer.told, ids: ids.slice(viewer.told) };
    viewer.told = ids.length;
    viewer.socket.emit("fleet:ids", news);
  }

  #leaveRoom(viewer: Viewer): void {
    if (viewer.room === null) return;
    void viewer.socket.leave(viewer.room);
    this.#rooms.leave(viewer.room);
    viewer.room = null;
  }
}

const newViewer = (socket: Socket, view: FleetView): Viewer => ({
  socket,
  view,
  room: null,
  told: 0,
  snapshotBytes: 0,
  behind: false,
  waiting: null,
});

/** What waits for this client: packets its transport has not taken, and bytes its transport has not sent. */
export function queuedBytes(socket: Socket): number {
  const { conn } = socket as unknown as {
    conn: { writeBuffer: { data?: string | Buffer }[]; transport: { socket?: { bufferedAmount?: number } } };
  };
  const packets = conn.writeBuffer.reduce((sum, packet) => sum + (packet.data?.length ?? 0), 0);
  return packets + (conn.transport.socket?.bufferedAmount ?? 0);
}
