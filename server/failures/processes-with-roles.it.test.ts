import { createServer } from "node:net";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Touched } from "../contracts/live-room.ts";
import { READINGS_TOPIC } from "../contracts/topics.ts";
import { FleetColumns } from "../live/fleet-columns.ts";
import { PeerLanes } from "../peers/peer-lanes.ts";
import { peerKey } from "../peers/peer-socket.ts";
import { serveLanes } from "../peers/serve-lanes.ts";
import type { TowerLanes } from "../peers/tower-lanes.ts";
import type { Managed } from "../platform/lifecycle.ts";
import { createLogger } from "../platform/logger.ts";
import { wireLanes } from "../wire-lanes.ts";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig, until } from "./rig/failure-rig.ts";
import { foldReadings } from "./rig/fold-of-readings.ts";
import { readLog } from "./rig/read-log.ts";
import { TowerChild } from "./rig/tower-child.ts";

const SECRET = "a secret that all processes of one tower share";
const TAKEOVER_MS_MAX = 30_000;
const logger = createLogger("roles", "silent");
let rig: FailureRig;
let fleet: FleetColumns;
let tower: TowerLanes;
let parts: Managed[];
const touched = new Set<string>();
const children: TowerChild[] = [];

beforeAll(async () => {
  rig = await failureRig({ seed: 151 });
  fleet = new FleetColumns(1);
  const env = { WHEELHOUSE_SECRET: SECRET, WHEELHOUSE_PEER_HOST: "127.0.0.1", WHEELHOUSE_PEER_PORT: 0 };
  const wired = wireLanes({
    ...{ env, database: rig.db, telemetry: null, changes: null, follows: true, logger },
    forgotten: (partition) => fleet.forget(partition),
  });
  tower = wired.tower;
  parts = wired.peers;
  tower.onChunk((chunk) => fleet.fold(chunk, Date.now()));
  tower.onTouched(({ objects }: Touched) => {
    for (const { kind, id } of objects) touched.add(`${kind} ${id}`);
  });
  for (const part of parts) await part.start();
}, 120_000);
afterAll(async () => {
  for (const part of parts) await part.stop();
  await Promise.all(children.map((child) => child.end("SIGKILL")));
  await rig.close();
});

async function start(roles: string): Promise<TowerChild> {
  const { databaseUrl } = rig.settings.telemetry;
  const child = await TowerChild.start({ roles, databaseUrl, broker: rig.broker.address, secret: SECRET });
  children.push(child);
  return child;
}

const laneOf = (name: "telemetry" | "changes") => tower.lanes().find(({ lane }) => lane === name)!;
const shownOf = (id: string) => {
  const place = fleet.ids.indexOf(id);
  return place < 0 ? null : { latE7: fleet.latE7[place], seenMs: fleet.seenMs[place] };
};

/** What the pages show of the fleet is the fold of all readings, whichever process told it. */
async function expectOnePicture(): Promise<void> {
  const { vehicles, counts } = foldReadings(await readLog(rig.kafka, [READINGS_TOPIC]));
  await until(
    "the lanes have read everything",
    () => laneOf("telemetry").records.delivered === counts.delivered,
    TAKEOVER_MS_MAX,
  );
  const expected = Object.entries(vehicles).map(([id, { position, seenMs }]) => [
    id,
    { latE7: Math.round(position!.latitude * 1e7), seenMs },
  ]);
  await until("the picture is whole", () =>
    expected.every(([id, wanted]) => JSON.stringify(shownOf(id as string)) === JSON.stringify(wanted)),
  );
  const ids = Object.keys(vehicles);
  const states = await tower.vehicles(ids);
  expect(states.map(({ id, seenMs }) => [id, seenMs]).sort()).toEqual(
    ids.map((id) => [id, vehicles[id]!.seenMs]).sort(),
  );
  // Whether an old reading is a repeat is known with the next checkpoint.
  await until("every track is told", async () => {
    const tracks = await Promise.all(ids.map((id) => tower.track(id, 0, Number.MAX_SAFE_INTEGER / 2, 10_000)));
    return tracks.every((track, place) =>
      isDeepStrictEqual(
        track.map(({ timeMs }) => timeMs),
        vehicles[ids[place]!]!.track,
      ),
    );
  });
}

async function everyObjectTouched(): Promise<boolean> {
  const objects = await rig.db.businessObject.findMany({ select: { kind: true, id: true } });
  return objects.length > 0 && objects.every(({ kind, id }) => touched.has(`${kind} ${id}`));
}

test("pages in one process, lanes in three others: one picture, and those that are killed are taken over within 30 s with nothing lost", async () => {
  expect(laneOf("telemetry")).toMatchObject({ state: "stopped", reason: expect.stringContaining("no process") });
  const first = await start("telemetry");
  const second = await start("telemetry");
  const changes = await start("changes");
  for (let round = 0; round < 3; round++) await rig.speak();
  await expectOnePicture();
  await until("what the third stored is told", everyObjectTouched);
  expect(tower.lanes().map(({ state }) => state)).toEqual(["running", "running"]);

  await first.end("SIGKILL");
  for (let round = 0; round < 3; round++) await rig.speak();
  await expectOnePicture();

  await changes.end("SIGKILL");
  await until("the pages know", () => laneOf("changes").state === "stopped");
  const third = await start("changes");
  for (let round = 0; round < 3; round++) await rig.speak();
  await until("all is told, also what nobody was there to tell", async () => {
    const { records } = laneOf("changes");
    return records.delivered === rig.sent.changes && (await everyObjectTouched());
  });
  expect(await second.end("SIGTERM")).toBe(0);
  expect(await third.end("SIGTERM")).toBe(0);
  await expectFoldOfLog(rig);
}, 240_000);

test("a process with another secret is told nothing, and one that is no process of the tower is sent away", async () => {
  const served = serveLanes({
    ...{ host: "127.0.0.1", port: 0, key: peerKey(SECRET), telemetry: null, changes: null, lanes: () => [], logger },
  });
  await served.start();
  const nothing = { chunk: () => {}, message: () => {}, closed: () => {} };
  const stranger = PeerLanes.connect(served.address()!, peerKey("another secret altogether, long enough"), nothing);
  await expect(stranger).rejects.toThrow(/secret|hung up/);
  await served.stop();

  const impostor = createServer((socket) =>
    socket
      .on("error", () => {})
      .resume()
      .end(Buffer.alloc(64)),
  );
  await new Promise<void>((opened) => impostor.listen(0, "127.0.0.1", opened));
  const { port } = impostor.address() as { port: number };
  const fooled = PeerLanes.connect({ host: "127.0.0.1", port }, peerKey(SECRET), nothing);
  await expect(fooled).rejects.toThrow(/secret/);
  await new Promise((closed) => impostor.close(closed));
});
