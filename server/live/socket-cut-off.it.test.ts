import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { io as connect, type Socket } from "socket.io-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLogger } from "../platform/logger.ts";
import { createRandom } from "../simulator/random.ts";
import { FleetColumns } from "./fleet-columns.ts";
import { type CatchUp, LiveRoom, type NumberedEvent } from "./room.ts";
import { createLive, type Live } from "./socket-server.ts";

type Change = { id: string; note: string };
type Lists = { changed: Change };

/** Events of a minute, at two a second. */
const EVENTS_IN_A_MINUTE = 120;
const QUEUE_BYTES_MAX = 1_048_576;
const NOTHING_IN_VIEW = { level: 2, tiles: [] };

let http: HttpServer;
let live: Live;
let origin: string;
let room: LiveRoom<Lists>;
let told: string[];
const followers: Follower[] = [];

beforeEach(async () => {
  http = createServer((_request, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  room = new LiveRoom<Lists>({ epoch: 7, lists: ["changed"] });
  told = [];
  live = createLive({
    ...{ http, fleet: new FleetColumns(7), rooms: { orders: room }, lanes: () => [], now: Date.now },
    sessionOf: () => ({ id: "user:1", role: "planner" }),
    isOwnOrigin: (given) => given === origin,
    logger: createLogger("live", "silent"),
  });
  await live.start();
});
afterEach(async () => {
  for (const follower of followers.splice(0)) follower.cut();
  await live.stop();
  await new Promise((resolve) => http.close(resolve));
});

function tell(note = ""): void {
  const id = `change ${told.length}`;
  told.push(id);
  room.tell("changed", { id, note });
}

/** What a browser does: takes each number once, asks again after a gap, and comes back from the last it has. */
class Follower {
  readonly applied: string[] = [];
  /** How often only a whole picture could have helped. */
  pictures = 0;
  /** How often it had to ask, the first time included. */
  asked = 0;
  #socket: Socket | null = null;
  #seq: number | undefined;

  async come(): Promise<void> {
    const socket = connect(origin, { transports: ["websocket"], reconnection: false, forceNew: true });
    this.#socket = socket;
    socket.on("orders:event", (event: NumberedEvent<Lists>) => this.#take(socket, event));
    await new Promise<void>((connected) => socket.once("connect", () => connected()));
    await socket.timeout(10_000).emitWithAck("fleet:view", NOTHING_IN_VIEW);
    await this.#ask(socket);
  }

  /** As when a cable is pulled: nobody says goodbye. */
  cut(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket) rawSocketOf(socket).destroy();
  }

  raw() {
    return rawSocketOf(this.#socket!);
  }

  async #ask(socket: Socket): Promise<void> {
    this.asked += 1;
    const asked = this.#seq === undefined ? {} : { epoch: 7, seq: this.#seq };
    const answer: CatchUp<Lists> = await socket.timeout(10_000).emitWithAck("orders:since", asked);
    if (this.#seq !== undefined && answer.events === null) this.pictures += 1;
    for (const event of answer.events ?? []) this.#apply(event);
    this.#seq = answer.seq;
  }

  #take(socket: Socket, event: NumberedEvent<Lists>): void {
    if (socket !== this.#socket) return;
    if (event.epoch === 7 && event.seq === this.#seq! + 1) this.#apply(event);
    else if (event.seq !== this.#seq) void this.#ask(socket).catch(() => {});
  }

  #apply(event: NumberedEvent<Lists>): void {
    if (event.seq <= (this.#seq ?? 0)) return;
    this.applied.push(...event.changed.map(({ id }) => id));
    this.#seq = event.seq;
  }
}

async function aFollower(): Promise<Follower> {
  const follower = new Follower();
  followers.push(follower);
  await follower.come();
  return follower;
}

/** The TCP stream under a client. */
function rawSocketOf(client: Socket): { destroy(): void; pause(): void; resume(): void } {
  const { engine } = client.io as unknown as {
    engine: { transport: { ws: { _socket: { destroy(): void; pause(): void; resume(): void } } } };
  };
  return engine.transport.ws._socket;
}

test("a client that is cut off again and again, once for a minute of changes, has every change exactly once and in order", async () => {
  const random = createRandom(7, 1);
  const [unlucky, lucky] = [await aFollower(), await aFollower()];
  for (let turn = 0; turn < 4; turn++) {
    for (let change = 0; change < 20; change++) {
      tell();
      await delay(random.whole(5, 40));
    }
    unlucky.cut();
    for (let change = 0; change < 10; change++) {
      tell();
      await delay(random.whole(5, 40));
    }
    await unlucky.come();
  }
  unlucky.cut();
  // The clock of the room is its ticks: as many as fill a minute, made here.
  lucky.cut();
  for (let tick = 0; tick < EVENTS_IN_A_MINUTE; tick++) {
    tell();
    tell();
    room.flush();
  }
  await Promise.all([unlucky.come(), lucky.come()]);
  tell();
  await vi.waitFor(() => expect(unlucky.applied).toEqual(told), 10_000);
  await vi.waitFor(() => expect(lucky.applied).toEqual(told), 10_000);
  expect([unlucky.pictures, lucky.pictures]).toEqual([0, 0]);
});

test("a client that reads slowly is left out and comes back with every change once; its queue is bounded, and the others miss nothing", async () => {
  const [slow, quick] = [await aFollower(), await aFollower()];
  const note = "x".repeat(500_000);
  slow.raw().pause();
  let queuedMax = 0;
  for (let change = 0; change < 30; change++) {
    tell(note);
    await delay(250);
    queuedMax = Math.max(queuedMax, live.counts().queuedBytes);
  }
  await vi.waitFor(() => expect(quick.applied).toEqual(told), 10_000);
  // One event may wait on top of the bound: what is in it was told within half a second, or a little more.
  expect(queuedMax).toBeGreaterThan(QUEUE_BYTES_MAX);
  expect(queuedMax).toBeLessThan(QUEUE_BYTES_MAX + 10 * note.length);
  slow.raw().resume();
  await vi.waitFor(() => expect(slow.applied).toEqual(told), 20_000);
  expect([slow.asked > 1, quick.asked, slow.pictures]).toEqual([true, 1, 0]);
}, 60_000);
