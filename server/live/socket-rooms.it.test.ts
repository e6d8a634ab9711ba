import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { io as connect, type Socket } from "socket.io-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Role } from "../contracts/role.ts";
import type { SocketError } from "../contracts/socket.ts";
import { createLogger } from "../platform/logger.ts";
import { FleetColumns } from "./fleet-columns.ts";
import { type CatchUp, LiveRoom, type NumberedEvent } from "./room.ts";
import { createLive, type Live } from "./socket-server.ts";

type Lists = { changed: { id: string } };
type Ack = CatchUp<Lists> & { error?: SocketError };
type Event = NumberedEvent<Lists>;

let http: HttpServer;
let live: Live;
let origin: string;
let room: LiveRoom<Lists>;
let role: Role | null;
const clients: Socket[] = [];

beforeEach(async () => {
  http = createServer((_request, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  room = new LiveRoom<Lists>({ epoch: 7, lists: ["changed"] });
  role = "planner";
  live = createLive({
    http,
    sessionOf: () => ({ id: "user:1", role }),
    isOwnOrigin: (given) => given === origin,
    fleet: new FleetColumns(7),
    rooms: { orders: room },
    lanes: () => [],
    now: Date.now,
    logger: createLogger("live", "silent"),
    sessionCheckEveryMs: 100,
  });
  await live.start();
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await live.stop();
  await new Promise((resolve) => http.close(resolve));
});

async function aClient(): Promise<{ socket: Socket; events: Event[] }> {
  const socket = connect(origin, { transports: ["websocket"], reconnection: false, forceNew: true });
  clients.push(socket);
  const events: Event[] = [];
  socket.on("orders:event", (event: Event) => events.push(event));
  await new Promise<void>((connected) => socket.once("connect", () => connected()));
  return { socket, events };
}

const since = (socket: Socket, asked: unknown): Promise<Ack> =>
  socket.timeout(5_000).emitWithAck("orders:since", asked);

test("whoever asked is told every change after the answer, without a hole in the numbers", async () => {
  const { socket, events } = await aClient();
  expect(await since(socket, {})).toEqual({ epoch: 7, seq: 0, events: null });
  for (const id of ["a", "b", "c"]) {
    room.tell("changed", { id });
    await vi.waitFor(
      () => expect(events.some((event) => event.changed.some((item) => item.id === id))).toBe(true),
      5_000,
    );
  }
  expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test("after a lost connection the missed events come with the answer, and the next ones follow", async () => {
  const first = await aClient();
  await since(first.socket, {});
  room.tell("changed", { id: "seen" });
  await vi.waitFor(() => expect(first.events).toHaveLength(1), 5_000);
  first.socket.disconnect();
  room.tell("changed", { id: "missed" });
  await vi.waitFor(() => expect(room.since({ epoch: 7, seq: 1 }).events).toHaveLength(1), 5_000);

  const again = await aClient();
  const answer = await since(again.socket, { epoch: 7, seq: 1 });
  expect(answer.events).toMatchObject([{ seq: 2, changed: [{ id: "missed" }] }]);
  expect((await since(again.socket, { epoch: 6, seq: 1 })).events).toBeNull();
});

test("who never asked is told nothing", async () => {
  const [quiet, follower] = [await aClient(), await aClient()];
  await since(follower.socket, {});
  room.tell("changed", { id: "a" });
  await vi.waitFor(() => expect(follower.events).toHaveLength(1), 5_000);
  expect(quiet.events).toEqual([]);
});

test("a socket without a role may follow nothing; one that loses its role is cut off", async () => {
  const trusted = await aClient();
  await since(trusted.socket, {});
  role = null;
  const { socket } = await aClient();
  expect((await since(socket, {})).error).toMatchObject({ code: "forbidden" });
  await vi.waitFor(() => expect(trusted.socket.connected).toBe(false), 5_000);
});

test("a malformed question is answered with the field, and an unknown room with a refusal", async () => {
  const { socket } = await aClient();
  for (const [asked, path] of [
    [{ seq: -1 }, "/seq"],
    [{ epoch: "x" }, "/epoch"],
    [{ more: 1 }, "/"],
    ["text", "/"],
  ] as const)
    expect((await since(socket, asked)).error).toMatchObject({ code: "invalid_input", errors: [{ path }] });
  expect(await socket.timeout(5_000).emitWithAck("stock:since", {})).toMatchObject({
    error: { code: "unknown_event" },
  });
});
