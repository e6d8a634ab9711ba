import { createServer, type Server as HttpServer } from "node:http";
import { type AddressInfo, connect as connectTcp } from "node:net";
import { io as connect, type Socket } from "socket.io-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { decodeFrame } from "../contracts/decode-frame.ts";
import type { FleetIds, FleetViewAck, SocketError, TowerPulse } from "../contracts/socket.ts";
import { SOCKET_MESSAGE_BYTES_MAX, SOCKET_MESSAGES_PER_10S_MAX } from "../contracts/socket.ts";
import { mercatorX, mercatorY, tileAt } from "../contracts/tiles.ts";
import { createLogger } from "../platform/logger.ts";
import { FleetColumns } from "./fleet-columns.ts";
import { createLive, type Live } from "./socket-server.ts";
import { PartitionFixture, type Report } from "./testing.ts";

const CHICAGO = { lng: -87.6, lat: 41.9 };
const VIEW = { level: 2, tiles: [tileAt(8, mercatorX(CHICAGO.lng), mercatorY(CHICAGO.lat))] };
const SESSION = { cookie: "session=good" };

let http: HttpServer;
let live: Live;
let origin: string;
let partition: PartitionFixture;
let sessions: Set<string>;
const clients: Socket[] = [];

beforeEach(async () => {
  http = createServer((_request, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  partition = new PartitionFixture();
  sessions = new Set([SESSION.cookie]);
  live = createLive({
    http,
    sessionOf: ({ cookie }) => (cookie !== undefined && sessions.has(cookie) ? { id: cookie, role: "planner" } : null),
    isOwnOrigin: (given) => given === origin,
    fleet: new FleetColumns(7),
    lanes: () => [],
    now: Date.now,
    logger: createLogger("live", "silent"),
    sessionCheckEveryMs: 200,
  });
  await live.start();
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await live.stop();
  await new Promise((resolve) => http.close(resolve));
});

const hear = (...reports: Report[]) => live.fold(partition.chunk(reports));
const truck = (id: string, over: Partial<Report> = {}): Report => ({ id, timeMs: Date.now(), ...CHICAGO, ...over });

function aClient(extraHeaders: Record<string, string> = SESSION): Socket {
  const client = connect(origin, { transports: ["websocket"], reconnection: false, forceNew: true, extraHeaders });
  clients.push(client);
  return client;
}

const next = <T>(client: Socket, event: string) =>
  new Promise<T>((resolve) => client.once(event, resolve as (value: T) => void));
const look = (client: Socket, view: unknown): Promise<FleetViewAck & { error?: SocketError }> =>
  client.timeout(5_000).emitWithAck("fleet:view", view);

/** Collects the vehicles of every frame, by index, as a browser would. */
function watch(client: Socket) {
  const kinds: string[] = [];
  const lngs = new Map<number, number>();
  client.on("fleet:frame", (bytes: Buffer) => {
    const frame = decodeFrame(bytes);
    if (!frame || frame.kind === "cells") return;
    kinds.push(frame.kind);
    for (const [position, index] of frame.index.entries()) lngs.set(index, frame.lngE7[position]! / 1e7);
  });
  return { kinds, lngs };
}

async function refusalOf(client: Socket): Promise<Error & { data?: SocketError }> {
  return next(client, "connect_error");
}

test("a socket without a session is refused and told why", async () => {
  expect((await refusalOf(aClient({}))).data).toMatchObject({ code: "unauthenticated" });
  expect((await refusalOf(aClient({ cookie: "session=forged" }))).data).toMatchObject({ code: "unauthenticated" });
});

test("a page of a foreign origin is refused even with a good session; our own is let in", async () => {
  const foreign = aClient({ ...SESSION, origin: "https://evil.example" });
  expect((await refusalOf(foreign)).data).toBeUndefined();
  const ours = aClient({ ...SESSION, origin });
  await next(ours, "connect");
  expect(live.counts().connections).toBe(1);
});

test("only WebSocket is spoken: long polling is refused", async () => {
  const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`, { headers: SESSION });
  expect(response.status).toBe(400);
});

test("an oversized message ends that connection and no other", async () => {
  const [bad, good] = [aClient(), aClient()];
  await Promise.all([next(bad, "connect"), next(good, "connect")]);
  bad.emit("fleet:view", { level: 1, tiles: [], note: "x".repeat(SOCKET_MESSAGE_BYTES_MAX) });
  await next(bad, "disconnect");
  expect(await look(good, VIEW)).toMatchObject({ epoch: 7 });
});

test("a malformed view is answered with the field and changes nothing; an unknown event is answered too", async () => {
  const client = aClient();
  const seen = watch(client);
  await next(client, "connect");
  for (const [view, path] of [
    [{ level: 9, tiles: [] }, "/level"],
    [{ level: 1, tiles: [-1] }, "/tiles/0"],
    [{ level: 1, tiles: ["../../etc"] }, "/tiles/0"],
    [{ level: 1, tiles: [1e300] }, "/tiles/0"],
    [{ level: 1, tiles: [], extra: true }, "/"],
    ["nonsense", "/"],
    [null, "/"],
  ] as const)
    expect((await look(client, view)).error, JSON.stringify(view)).toMatchObject({
      code: "invalid_input",
      errors: expect.arrayContaining([expect.objectContaining({ path })]),
    });
  const unknown = await client.timeout(5_000).emitWithAck("fleet:destroy", {});
  expect(unknown).toMatchObject({ error: { code: "unknown_event" } });
  client.emit("fleet:view", { level: 9 });
  hear(truck("A"));
  await look(client, { level: 2, tiles: [0] });
  expect(seen.lngs.size).toBe(0);
});

test("bytes that are no packet end that connection and nothing else", async () => {
  const good = aClient();
  await next(good, "connect");
  const socket = connectTcp(Number(new URL(origin).port), "127.0.0.1");
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nCookie: ${SESSION.cookie}\r\n` +
      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  await new Promise((resolve) => socket.once("data", resolve));
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.resume();
  socket.write(Buffer.from([0xc1, 0xff, 1, 2, 3, 4, 5, 6]));
  await closed;
  expect(await look(good, VIEW)).toMatchObject({ epoch: 7 });
});

test("joining sends the dictionary and the snapshot of the tiles, then every change in them", async () => {
  hear(truck("A"), truck("far", { lng: 10, lat: 50 }), truck("B"));
  const client = aClient();
  const seen = watch(client);
  await next(client, "connect");
  expect(await look(client, VIEW)).toEqual({ epoch: 7, first: 0, ids: ["A", "far", "B"] });
  await vi.waitFor(() => expect([...seen.lngs.keys()]).toEqual([0, 2]));
  expect(seen.kinds[0]).toBe("snapshot");
  hear(truck("B", { timeMs: Date.now() + 10, lng: CHICAGO.lng + 0.01 }));
  await vi.waitFor(() => expect(seen.lngs.get(2)).toBeCloseTo(CHICAGO.lng + 0.01));
  expect(seen.kinds.at(-1)).toBe("delta");
});

test("a client that holds the dictionary is told only what came after, and later vehicles by fleet:ids before their frames", async () => {
  hear(truck("A"), truck("B"));
  const client = aClient();
  const ids: string[] = [];
  let unnamed = 0;
  client.on("fleet:ids", (news: FleetIds) => ids.splice(news.first, news.ids.length, ...news.ids));
  const seen = watch(client);
  client.on("fleet:frame", () => {
    unnamed += [...seen.lngs.keys()].filter((index) => index >= ids.length).length;
  });
  await next(client, "connect");
  await new Promise<void>((resolve) => {
    client.emit("fleet:view", VIEW, (answer: FleetViewAck) => {
      ids.push(...answer.ids);
      resolve();
    });
  });
  expect(await look(client, { ...VIEW, epoch: 7, known: 2 })).toEqual({ epoch: 7, first: 2, ids: [] });
  expect(await look(client, { ...VIEW, epoch: 6, known: 2 })).toEqual({ epoch: 7, first: 0, ids: ["A", "B"] });
  hear(truck("C"), truck("D"));
  await vi.waitFor(() => expect(seen.lngs.has(3)).toBe(true));
  expect(ids).toEqual(["A", "B", "C", "D"]);
  expect(unnamed).toBe(0);
});

test("two clients with different views each get their own", async () => {
  const [chicago, berlin] = [aClient(), aClient()];
  const [seenChicago, seenBerlin] = [watch(chicago), watch(berlin)];
  await Promise.all([next(chicago, "connect"), next(berlin, "connect")]);
  await look(chicago, VIEW);
  await look(berlin, { level: 1, tiles: [tileAt(5, mercatorX(13.4), mercatorY(52.5))] });
  hear(truck("A"), truck("B", { lng: 13.4, lat: 52.5 }));
  await vi.waitFor(() => expect([[...seenChicago.lngs.keys()], [...seenBerlin.lngs.keys()]]).toEqual([[0], [1]]));
});

test("the pulse comes by itself, also before a view is asked for", async () => {
  const askedMs = Date.now();
  hear(truck("A"));
  const pulse = await next<TowerPulse>(aClient(), "tower:pulse");
  expect(pulse.fleet).toMatchObject({ vehicles: 1, moving: 1 });
  expect(pulse.serverMs).toBeGreaterThanOrEqual(askedMs);
  expect(pulse.serverMs).toBeLessThanOrEqual(Date.now());
});

test("too many messages cut a client off", async () => {
  const client = aClient();
  await next(client, "connect");
  const gone = next<string>(client, "disconnect");
  for (let n = 0; n <= SOCKET_MESSAGES_PER_10S_MAX; n++) client.emit("fleet:view", { level: 1, tiles: [] });
  expect(await gone).toMatch(/transport close|io server disconnect/);
});

test("a session that ends elsewhere ends its sockets", async () => {
  const client = aClient();
  await next(client, "connect");
  const gone = next(client, "disconnect");
  sessions.clear();
  await gone;
  expect(live.counts().connections).toBe(0);
});

test("one user has a bounded number of connections", async () => {
  const admitted = Array.from({ length: 20 }, () => aClient());
  await Promise.all(admitted.map((client) => next(client, "connect")));
  expect((await refusalOf(aClient())).data).toMatchObject({ code: "too_many_requests" });
});

test("a client that does not read is left out with a bounded queue, and gets a fresh snapshot when it reads again", async () => {
  const fleet = Array.from({ length: 60_000 }, (_, n) => `TRK-${n}`);
  let step = 0;
  const moveAll = () => {
    step++;
    const timeMs = Date.now() + step;
    hear(...fleet.map((id) => ({ id, timeMs, lng: CHICAGO.lng + step / 10_000, lat: CHICAGO.lat })));
  };
  moveAll();
  const [slow, quick] = [aClient(), aClient()];
  const [seenSlow, seenQuick] = [watch(slow), watch(quick)];
  await Promise.all([next(slow, "connect"), next(quick, "connect")]);
  await Promise.all([look(slow, VIEW), look(quick, VIEW)]);
  await vi.waitFor(() => expect(seenSlow.kinds).toContain("snapshot"));
  const stream = rawSocketOf(slow);
  stream.pause();
  await vi.waitFor(
    () => {
      moveAll();
      expect(live.counts().behind).toBe(1);
    },
    { timeout: 30_000, interval: 260 },
  );
  const framesBefore = seenSlow.kinds.length;
  const quickBefore = seenQuick.kinds.length;
  const { queuedBytes } = live.counts();
  moveAll();
  await vi.waitFor(() => expect(seenQuick.kinds.length).toBeGreaterThan(quickBefore));
  expect(live.counts().queuedBytes).toBeLessThanOrEqual(queuedBytes + 4_096);
  expect(seenSlow.kinds.length).toBe(framesBefore);
  stream.resume();
  await vi.waitFor(() => expect(live.counts().behind).toBe(0), { timeout: 10_000 });
  await vi.waitFor(() => expect(seenSlow.kinds.filter((kind) => kind === "snapshot")).toHaveLength(2), {
    timeout: 10_000,
  });
  await vi.waitFor(() => expect(seenSlow.lngs.get(0)).toBeCloseTo(CHICAGO.lng + step / 10_000), { timeout: 10_000 });
});

/** The TCP stream under a client, to stop it from reading. */
function rawSocketOf(client: Socket): { pause(): void; resume(): void } {
  const { engine } = client.io as unknown as {
    engine: { transport: { ws: { _socket: { pause(): void; resume(): void } } } };
  };
  return engine.transport.ws._socket;
}
