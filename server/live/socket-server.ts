import type { Server as HttpServer, IncomingHttpHeaders } from "node:http";
import { type ExtendedError, Server, type Socket } from "socket.io";
import type { ChangeChunk, LaneStatus } from "../contracts/lane.ts";
import {
  FleetView,
  SOCKET_MESSAGE_BYTES_MAX,
  SOCKET_MESSAGES_PER_10S_MAX,
  type SocketError,
} from "../contracts/socket.ts";
import type { Clock } from "../platform/clock.ts";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";
import type { Actor } from "../services/actor.ts";
import { hasRole } from "../services/require-role.ts";
import type { FleetColumns } from "./fleet-columns.ts";
import { FleetRooms } from "./fleet-rooms.ts";
import { type Answer, BEHIND, FleetViewers } from "./fleet-viewers.ts";
import { type IsOwnOrigin, originAllowed } from "./origin.ts";
import { makePulse } from "./pulse.ts";
import { type RoomAnswer, RoomViewers, type SocketRoom } from "./room-viewers.ts";

const FRAME_EVERY_MS = 250;
const PULSE_EVERY_MS = 1_000;
const ROOMS_EVERY_MS = 500;
const SESSION_CHECK_EVERY_MS = 60_000;
const CONNECTIONS_PER_USER_MAX = 20;
const HANDSHAKE_MS_MAX = 5_000;

/** Who holds a connection; what they may do is asked per message. */
export type SocketActor = Pick<Actor, "id" | "role">;

/** The rooms whose messages are numbered, by name: `<name>:since` asks, `<name>:event` tells. */
export type SocketRooms = { readonly [name: string]: SocketRoom };

export type LiveDeps = {
  http: HttpServer;
  path?: string;
  /** The person or key behind a handshake, from its cookie or Bearer key; `null` when there is none that is valid. */
  sessionOf(headers: IncomingHttpHeaders): Promise<SocketActor | null> | SocketActor | null;
  /** Whether pages of this origin may connect. */
  isOwnOrigin: IsOwnOrigin;
  fleet: FleetColumns;
  rooms?: SocketRooms;
  lanes(): LaneStatus[];
  /** See `makePulse`: better knowledge of two figures of the pulse, where there is any. */
  rejectedToday?(): number;
  laneAliveMs?(): number;
  now: Clock;
  logger: Logger;
  sessionCheckEveryMs?: number;
};

export type Live = Managed & {
  /** Every change chunk of the telemetry lane goes through here. */
  fold(chunk: ChangeChunk): void;
  /** For the metrics: open sockets, those with a map, those left out, and what waits for all of them together. */
  counts(): { connections: number; viewers: number; behind: number; queuedBytes: number };
};

/**
 * The sockets of the tower on the web server's own port. Only WebSocket, so that a queue has one place to be measured;
 * the default parser, so that any plain socket.io client understands the frames.
 */
export function createLive(deps: LiveDeps): Live {
  const { fleet, now, logger } = deps;
  const io = makeServer(deps);
  const viewers = new FleetViewers({ io, fleet, rooms: new FleetRooms(fleet), now });
  const pulse = makePulse({ ...deps, counts: () => fleet.counts() });
  const rooms = Object.entries(deps.rooms ?? {}).map(([name, room]) => ({
    asks: `${name}:since`,
    viewers: new RoomViewers({ io, name, room }),
  }));
  const events = ["fleet:view", ...rooms.map(({ asks }) => asks)];
  const timers: NodeJS.Timeout[] = [];
  let ages: number[] = [];

  /** Where the telemetry lane stands in time; while it catches up, nobody is called silent for its delay. */
  function laneNow(): number {
    const behindMs = deps.lanes().find((lane) => lane.lane === "telemetry")?.behindMs ?? 0;
    return now() - Math.max(0, behindMs);
  }

  function tick(): void {
    const nowMs = now();
    ages.push(...fleet.takeEventTimes().map((timeMs) => nowMs - timeMs));
    viewers.tick();
  }

  function beat(): void {
    fleet.sweep(laneNow());
    io.except(BEHIND).emit("tower:pulse", pulse(now(), ages));
    ages = [];
  }

  io.use((socket, next) => void admit(deps, io, socket).then((refusal) => next(refusal)));
  io.on("connection", (socket) => {
    // Asked again: many that were admitted at the same moment did not see each other.
    if (connectionsOf(io, socket.data.actor) > CONNECTIONS_PER_USER_MAX) socket.disconnect(true);
    limitMessages(socket, logger);
    socket.use(([event, ...args], next) => {
      if (!events.includes(event)) return refuse(args, "unknown_event", "there is no such event");
      if (!mayFollow(socket)) return refuse(args, "forbidden", "this needs the role planner");
      next();
    });
    socket.on("fleet:view", (...args: unknown[]) => look(viewers, socket, args));
    for (const { asks, viewers: followers } of rooms)
      socket.on(asks, (...args: unknown[]) => followers.follow(socket, questionOf(args), answerOf(args)));
    socket.on("disconnect", () => {
      viewers.forget(socket);
      for (const room of rooms) room.viewers.forget(socket);
    });
  });

  return {
    name: "live",
    fold: (chunk) => fleet.fold(chunk, laneNow()),
    counts: () => ({ connections: io.of("/").sockets.size, ...viewers.counts() }),
    async start() {
      io.attach(deps.http, { path: deps.path ?? "/socket.io/", destroyUpgrade: false });
      timers.push(setInterval(tick, FRAME_EVERY_MS), setInterval(beat, PULSE_EVERY_MS));
      timers.push(setInterval(() => rooms.forEach(({ viewers: followers }) => void followers.tick()), ROOMS_EVERY_MS));
      const checkEveryMs = deps.sessionCheckEveryMs ?? SESSION_CHECK_EVERY_MS;
      timers.push(setInterval(() => void checkSessions(deps, io), checkEveryMs));
    },
    /** Ends the connections. The web server is not ours to close. */
    async stop() {
      for (const timer of timers.splice(0)) clearInterval(timer);
      io.disconnectSockets(true);
      io.engine?.close();
    },
  };
}

function makeServer(deps: LiveDeps): Server {
  return new Server({
    transports: ["websocket"],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: SOCKET_MESSAGE_BYTES_MAX,
    connectTimeout: HANDSHAKE_MS_MAX,
    allowRequest: (request, decide) => {
      const allowed = originAllowed(request.headers, deps.isOwnOrigin);
      decide(allowed ? null : "origin not allowed", allowed);
    },
  });
}

const refusalOf = (data: SocketError): ExtendedError => Object.assign(new Error(data.message), { data });

/** The reason why this connection is refused, or nothing. */
async function admit(deps: LiveDeps, io: Server, socket: Socket): Promise<ExtendedError | undefined> {
  try {
    const actor = await deps.sessionOf(socket.handshake.headers);
    if (!actor) return refusalOf({ code: "unauthenticated", message: "sign in first" });
    if (connectionsOf(io, actor) >= CONNECTIONS_PER_USER_MAX)
      return refusalOf({ code: "too_many_requests", message: "too many open connections of this user" });
    socket.data.actor = actor;
    return undefined;
  } catch (error) {
    deps.logger.error({ err: error }, "session of a socket could not be read");
    return refusalOf({ code: "unavailable", message: "the session could not be read, try again" });
  }
}

const connectionsOf = (io: Server, { id }: SocketActor) =>
  [...io.of("/").sockets.values()].filter((socket) => actorOf(socket)?.id === id).length;

const actorOf = (socket: Socket) => (socket.data as { actor?: SocketActor }).actor;

const mayFollow = (socket: Socket): boolean => hasRole({ role: actorOf(socket)?.role ?? null }, "planner");

/** A session that was ended elsewhere, or has another role by now, ends its sockets. A store that does not answer ends nothing. */
async function checkSessions({ sessionOf, logger }: LiveDeps, io: Server): Promise<void> {
  for (const socket of io.of("/").sockets.values()) {
    try {
      const actor = await sessionOf(socket.handshake.headers);
      const known = actorOf(socket);
      if (actor?.id !== known?.id || actor?.role !== known?.role) socket.disconnect(true);
    } catch (error) {
      logger.error({ err: error }, "session of a socket could not be read");
    }
  }
}

/** Counts on the wire, below the parser, so that the parts of one message count too. */
function limitMessages(socket: Socket, logger: Logger): void {
  let windowEndsMs = 0;
  let messages = 0;
  socket.conn.on("packet", ({ type }: { type: string }) => {
    if (type !== "message") return;
    const nowMs = Date.now();
    if (nowMs >= windowEndsMs) {
      windowEndsMs = nowMs + 10_000;
      messages = 0;
    }
    if (++messages <= SOCKET_MESSAGES_PER_10S_MAX) return;
    logger.warn({ socket: socket.id }, "socket cut off: too many messages");
    socket.disconnect(true);
  });
}

function look(viewers: FleetViewers, socket: Socket, args: unknown[]): void {
  const answer = answerOf(args);
  const parsed = FleetView.safeParse(args[0]);
  if (parsed.success) {
    viewers.look(socket, parsed.data, answer);
    return;
  }
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: `/${path.join("/")}`, message }));
  answer({ error: { code: "invalid_input", message: "the view is not valid", errors } });
}

/** The acknowledgement of a message, where the client asked for one. */
function answerOf(args: readonly unknown[]): Answer & RoomAnswer {
  const last = args.at(-1);
  return typeof last === "function" ? (last as Answer & RoomAnswer) : () => undefined;
}

const questionOf = ([first]: readonly unknown[]): unknown => (typeof first === "function" ? undefined : first);

function refuse(args: readonly unknown[], code: SocketError["code"], message: string): void {
  answerOf(args)({ error: { code, message } });
}
