import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server, type Socket as ServerSocket } from "socket.io";
import { afterEach, expect, test, vi } from "vitest";
import type { OrdersEvent, RoomAck, RoomSince } from "@/server/contracts/live-room.ts";
import type { OrderSummary } from "@/server/contracts/order.ts";
import type { SocketError, TowerPulse } from "@/server/contracts/socket.ts";
import { LiveClient } from "./live-client.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

type Answer = RoomAck<OrderSummary> | { error: SocketError };
type Room = { epoch: number; seq: number; asked: RoomSince[]; sockets: ServerSocket[]; port: number; stop(): void };

const anEvent = (seq: number, epoch = 1): OrdersEvent => ({
  epoch,
  seq,
  changed: [],
  gone: [`order-${seq}`],
  trips: [],
});

/** A room that remembers everything it ever told, unless `forgets`. */
async function aRoom({ epoch = 1, seq = 3, port = 0, forgets = false, busyFirst = false } = {}): Promise<Room> {
  const http = createServer();
  const io = new Server(http, { transports: ["websocket"] });
  const room: Room = { epoch, seq, asked: [], sockets: [], port: 0, stop: () => void io.close() };
  io.on("connection", (socket) => {
    room.sockets.push(socket);
    socket.emit("tower:pulse", { serverMs: Date.now() } as TowerPulse);
    socket.on("orders:since", (since: RoomSince, answer: (ack: Answer) => void) => {
      room.asked.push(since);
      if (busyFirst && room.asked.length === 1) {
        answer({ error: { code: "unavailable", message: "not yet" } });
        return;
      }
      const knows = since.epoch === room.epoch && since.seq !== undefined && !forgets;
      const events = knows
        ? Array.from({ length: room.seq - since.seq! }, (_, n) => anEvent(since.seq! + 1 + n, room.epoch))
        : null;
      answer({ epoch: room.epoch, seq: room.seq, events });
    });
  });
  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  room.port = (http.address() as AddressInfo).port;
  stops.push(room.stop);
  return room;
}

function aListener(port: number) {
  const client = new LiveClient({ url: `http://127.0.0.1:${port}`, onRefused: () => {} });
  const heard: (number | "picture")[] = [];
  const leave = client.rooms.listen("orders", {
    onEvent: ({ seq }) => heard.push(seq),
    onPicture: () => heard.push("picture"),
  });
  client.start();
  stops.push(() => client.stop());
  return { client, heard, leave };
}

const tell = (room: Room, ...events: OrdersEvent[]) => {
  for (const event of events) room.sockets.at(-1)!.emit("orders:event", event);
};

test("a room begins with a picture and goes on with each message once", async () => {
  const room = await aRoom({ seq: 3 });
  const { heard } = aListener(room.port);
  await vi.waitFor(() => expect(heard).toEqual(["picture"]));
  tell(room, anEvent(4), anEvent(4), anEvent(5));
  await vi.waitFor(() => expect(heard).toEqual(["picture", 4, 5]));
  expect(room.asked).toEqual([{}]);
});

test("after a gap it asks for what it missed", async () => {
  const room = await aRoom({ seq: 3 });
  const { heard } = aListener(room.port);
  await vi.waitFor(() => expect(heard).toEqual(["picture"]));
  room.seq = 6;
  tell(room, anEvent(6));
  await vi.waitFor(() => expect(heard).toEqual(["picture", 4, 5, 6]));
  expect(room.asked).toEqual([{}, { epoch: 1, seq: 3 }]);
});

test("when what it missed is gone, it says that the picture has to be asked for", async () => {
  const room = await aRoom({ seq: 3, forgets: true });
  const { heard } = aListener(room.port);
  await vi.waitFor(() => expect(heard).toEqual(["picture"]));
  room.seq = 900;
  tell(room, anEvent(900));
  await vi.waitFor(() => expect(heard).toEqual(["picture", "picture"]));
  tell(room, anEvent(901));
  await vi.waitFor(() => expect(heard).toEqual(["picture", "picture", 901]));
});

test("a new connection goes on from where the old one ended", async () => {
  const first = await aRoom({ seq: 3 });
  const { client, heard } = aListener(first.port);
  await vi.waitFor(() => expect(heard).toEqual(["picture"]));
  first.stop();
  await vi.waitFor(() => expect(client.getState().link).toBe("lost"));
  const second = await aRoom({ seq: 5, port: first.port });
  client.retryNow();
  await vi.waitFor(() => expect(heard).toEqual(["picture", 4, 5]), { timeout: 10_000 });
  expect(second.asked).toEqual([{ epoch: 1, seq: 3 }]);
});

test("a tower that began anew is taken as a new picture, whatever its numbers", async () => {
  const room = await aRoom({ seq: 3 });
  const { heard } = aListener(room.port);
  await vi.waitFor(() => expect(heard).toEqual(["picture"]));
  Object.assign(room, { epoch: 2, seq: 1 });
  tell(room, anEvent(1, 2));
  await vi.waitFor(() => expect(heard).toEqual(["picture", "picture"]));
  tell(room, anEvent(2, 2));
  await vi.waitFor(() => expect(heard).toEqual(["picture", "picture", 2]));
});

test("a room that is not ready yet is asked again", async () => {
  const room = await aRoom({ seq: 3, busyFirst: true });
  const { heard } = aListener(room.port);
  await vi.waitFor(() => expect(heard).toEqual(["picture"]), { timeout: 10_000 });
  expect(room.asked).toEqual([{}, {}]);
});

test("nothing is told to who has left, and who comes back begins with a picture", async () => {
  const room = await aRoom({ seq: 3 });
  const { client, heard, leave } = aListener(room.port);
  await vi.waitFor(() => expect(heard).toEqual(["picture"]));
  leave();
  room.seq = 4;
  tell(room, anEvent(4));
  const later: (number | "picture")[] = [];
  client.rooms.listen("orders", {
    onEvent: ({ seq }) => later.push(seq),
    onPicture: () => later.push("picture"),
  });
  await vi.waitFor(() => expect(later).toEqual(["picture"]));
  expect(heard).toEqual(["picture"]);
});
