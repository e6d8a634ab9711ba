import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server, type Socket as ServerSocket } from "socket.io";
import { afterEach, expect, test, vi } from "vitest";
import type { FleetView, FleetViewAck, TowerPulse } from "@/server/contracts/socket.ts";
import { LiveClient } from "./live-client.ts";
import { aFrame } from "./testing.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const stop of stops.splice(0)) stop();
});

type Tower = { port: number; views: FleetView[]; sockets: ServerSocket[]; stop(): void };

/** A tower of this process that knows the given vehicles; it refuses everyone when `refuses`. */
async function aTower({ epoch = 1, ids = ["A"], port = 0, refuses = false, silentMs = 0 } = {}): Promise<Tower> {
  const http = createServer();
  const io = new Server(http, { transports: ["websocket"] });
  const tower: Tower = { port: 0, views: [], sockets: [], stop: () => void io.close() };
  io.use((_socket, next) =>
    next(refuses ? Object.assign(new Error("no"), { data: { code: "unauthenticated", message: "no" } }) : undefined),
  );
  io.on("connection", (socket) => {
    tower.sockets.push(socket);
    setTimeout(() => socket.emit("tower:pulse", { serverMs: Date.now() + 60_000 } as TowerPulse), silentMs);
    socket.on("fleet:view", (view: FleetView, answer: (ack: FleetViewAck) => void) => {
      tower.views.push(view);
      const first = view.epoch === epoch ? (view.known ?? 0) : 0;
      answer({ epoch, first, ids: ids.slice(first) });
      socket.emit(
        "fleet:frame",
        Buffer.from(
          aFrame(
            "snapshot",
            ids.map((_, index) => ({ index, lng: index + epoch, lat: 0 })),
          ),
        ),
      );
    });
  });
  await new Promise<void>((resolve) => http.listen(port, "127.0.0.1", resolve));
  tower.port = (http.address() as AddressInfo).port;
  stops.push(tower.stop);
  return tower;
}

function aClient(port: number, onRefused = () => {}) {
  const client = new LiveClient({ url: `http://127.0.0.1:${port}`, onRefused });
  client.start();
  stops.push(() => client.stop());
  return client;
}

const LOOK = { level: 2 as const, tiles: [1] };

test("it is live with the first pulse, and knows the server's clock", async () => {
  const { port } = await aTower();
  const client = aClient(port);
  expect(client.getState().link).toBe("connecting");
  await vi.waitFor(() => expect(client.getState().link).toBe("live"));
  // The tower's clock is a minute ahead, less what the pulse took to travel.
  expect(client.getState().serverOffsetMs).toBeLessThanOrEqual(60_000);
  expect(client.getState().serverOffsetMs).toBeGreaterThan(0);
});

test("after a lost connection it comes back by itself and asks again for what the map looked at", async () => {
  const tower = await aTower();
  const client = aClient(tower.port);
  client.look(LOOK);
  await vi.waitFor(() => expect(client.fleet.vehicle("A")).toMatchObject({ longitude: 1 }));
  tower.sockets[0]!.conn.close();
  await vi.waitFor(() => expect(client.getState()).toMatchObject({ link: "lost", nextTryMs: expect.any(Number) }));
  expect(client.fleet.vehicle("A")).not.toBeNull();
  await vi.waitFor(() => expect(client.getState()).toMatchObject({ link: "live", lostSinceMs: null }), {
    timeout: 10_000,
  });
  await vi.waitFor(() => expect(tower.views).toEqual([LOOK, { ...LOOK, epoch: 1, known: 1 }]));
});

test("after a long outage a new connection is given the time to speak", async () => {
  const first = await aTower();
  const client = aClient(first.port);
  await vi.waitFor(() => expect(client.getState().link).toBe("live"));
  first.stop();
  await vi.waitFor(() => expect(client.getState().link).toBe("lost"));
  const { now } = Date;
  vi.spyOn(Date, "now").mockImplementation(() => now() + 60_000);
  const second = await aTower({ port: first.port, silentMs: 1_500 });
  client.retryNow();
  await vi.waitFor(() => expect(client.getState().link).toBe("live"), { timeout: 10_000 });
  expect(second.sockets).toHaveLength(1);
});

test("a server that restarted with another dictionary cannot mislabel a vehicle", async () => {
  const first = await aTower({ epoch: 1, ids: ["A", "B"] });
  const client = aClient(first.port);
  client.look(LOOK);
  await vi.waitFor(() => expect(client.fleet.vehicle("B")).toMatchObject({ longitude: 2 }));
  first.stop();
  await vi.waitFor(() => expect(client.getState().link).toBe("lost"));
  await aTower({ epoch: 5, ids: ["B"], port: first.port });
  client.retryNow();
  await vi.waitFor(() => expect(client.fleet.vehicle("B")).toMatchObject({ longitude: 5 }), { timeout: 10_000 });
  expect(client.fleet.vehicle("A")).toBeNull();
});

test("a refused session is told once to whoever sends the person to sign in, and is not tried again", async () => {
  const { port } = await aTower({ refuses: true });
  const refused = vi.fn();
  const client = aClient(port, refused);
  await vi.waitFor(() => expect(refused).toHaveBeenCalled());
  expect(client.getState().nextTryMs).toBeNull();
});

test("vehicles that join later are named before they are shown", async () => {
  const tower = await aTower();
  const client = aClient(tower.port);
  client.look(LOOK);
  await vi.waitFor(() => expect(client.fleet.vehicle("A")).not.toBeNull());
  tower.sockets[0]!.emit("fleet:ids", { epoch: 1, first: 1, ids: ["B"] });
  tower.sockets[0]!.emit("fleet:frame", Buffer.from(aFrame("delta", [{ index: 1, lng: 9, lat: 9 }])));
  await vi.waitFor(() => expect(client.fleet.vehicle("B")).toMatchObject({ longitude: 9 }));
});

test("while the past is shown, what the socket tells of vehicles changes nothing; afterwards all is asked anew", async () => {
  const { port, sockets, views } = await aTower();
  const client = aClient(port);
  client.look(LOOK);
  await vi.waitFor(() => expect(client.fleet.vehicle("A")?.longitude).toBe(1));
  const live = client.getState().pulse?.fleet;

  const atMs = Date.UTC(2026, 7, 19, 12);
  const frame = aFrame("snapshot", [{ index: 0, lng: 50, lat: 1 }], { serverMs: atMs });
  const vehicles = btoa(String.fromCharCode(...new Uint8Array(frame)));
  const counts = {
    vehicles: 7,
    moving: 7,
    idling: 0,
    stopped: 0,
    offline: 0,
    onTime: 0,
    atRisk: 0,
    late: 0,
    critical: 0,
  };
  const picture = { asOf: new Date(atMs).toISOString(), epoch: atMs, ids: ["A"], counts, vehicles, cells: "" };
  client.showMoment({ atMs, picture });
  expect(client.fleet.vehicle("A")?.longitude).toBe(50);
  expect(client.getState()).toMatchObject({ pastMs: atMs, pulse: { fleet: { vehicles: 7 } } });

  const before = views.length;
  sockets[0]!.emit("fleet:frame", Buffer.from(aFrame("delta", [{ index: 0, lng: 2, lat: 0 }])));
  sockets[0]!.emit("tower:pulse", { serverMs: Date.now() + 70_000 } as TowerPulse);
  client.look({ level: 2, tiles: [2] });
  await vi.waitFor(() => expect(client.getState().pulse?.serverMs).toBeGreaterThan(Date.now() + 65_000));
  expect(client.fleet.vehicle("A")?.longitude).toBe(50);
  expect(client.getState().pulse?.fleet.vehicles).toBe(7);
  expect(views).toHaveLength(before);

  client.showMoment(null);
  await vi.waitFor(() => expect(client.fleet.vehicle("A")?.longitude).toBe(1));
  expect(views.at(-1)).toMatchObject({ level: 2, tiles: [2] });
  expect(client.getState().pulse?.fleet).toEqual(live);
});
