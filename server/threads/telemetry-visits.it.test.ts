import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LaneStatus } from "../contracts/lane.ts";
import type { VisitTold } from "../contracts/live-room.ts";
import { type Database, openDatabase } from "../store/client.ts";
import { createTelemetryLane } from "./telemetry-lane.ts";
import { aReading, START_MS, type TelemetryWorld, telemetryWorld, until } from "./telemetry-testing.ts";

let world: TelemetryWorld;
let db: Database;
let running: ChildProcess | null = null;
let status: LaneStatus | null = null;

beforeAll(async () => {
  world = await telemetryWorld(1);
  db = openDatabase(world.database.url, 2);
  for (const [id, latitude] of [
    ["1010", 41],
    ["1020", 43],
  ] as const) {
    const place = { topic: "master.sites", partition: 0, recordOffset: 0, recordTimestamp: new Date() };
    await db.site.create({ data: { id, kind: "plant", name: id, latitude, longitude: -88, radiusM: 800, ...place } });
  }
});
afterAll(async () => {
  running?.kill("SIGKILL");
  await db.$disconnect();
  await world.close();
});

function startProcess(): void {
  running = fork(join(import.meta.dirname, "telemetry-testing-process.ts"), [JSON.stringify(world.settings)], {
    execArgv: ["--import", "tsx"],
  });
  running.on("message", (message) => {
    status = message as LaneStatus;
  });
}

async function kill(): Promise<void> {
  const ended = once(running!, "exit");
  running!.kill("SIGKILL");
  await ended;
  status = null;
}

/** A truck at a place, minute by minute; its latitude says where. */
const stand = (vehicle: string, minutes: readonly number[], latitude: number) =>
  world.produce(
    0,
    minutes.map((minute) => aReading(vehicle, minute * 60, { latitude, longitude: -88 })),
  );
const delivered = () => status?.records.delivered ?? 0;
const minuteOf = (time: Date | null) => time && (time.getTime() - START_MS) / 60_000;
const storedVisits = async () => {
  const rows = await db.visit.findMany({ orderBy: [{ vehicleId: "asc" }, { enteredAt: "asc" }] });
  return rows.map((row) => [row.vehicleId, row.fenceId, minuteOf(row.enteredAt), minuteOf(row.leftAt)]);
};

test("a tower killed in mid-visit ends with the visits of an unbroken run, each once, and tells who is where", async () => {
  await stand("T1", [0, 1, 2, 3], 41);
  await stand("T2", [0, 1, 2], 43);
  await stand("T2", [3], 44);
  startProcess();
  await until("the arrivals are stored", async () => delivered() === 8 && (await storedVisits()).length === 2);
  await until(
    "who may be leaving is stored",
    async () => (await db.visit.count({ where: { outsideAt: { not: null } } })) === 1,
  );
  await kill();

  await stand("T1", [4, 5], 42);
  await stand("T2", [4, 5], 44);
  startProcess();
  await until("the rest is read", () => delivered() === 12);
  await kill(); // perhaps before it is stored

  await stand("T1", [6, 7], 42);
  await stand("T1", [5.5], 41); // late: it cannot end or begin anything
  await stand("T1", [30], 43);
  startProcess();
  const expected = [
    ["T1", "1010", 0, 4],
    ["T1", "1020", 30, null],
    ["T2", "1020", 0, 3],
  ];
  await until("all is stored", async () => delivered() === 16 && (await storedVisits()).length === 3);
  await kill();
  expect(await storedVisits()).toEqual(expected);
  const departures = await db.visit.findMany({ where: { leftAt: { not: null } }, orderBy: { vehicleId: "asc" } });
  expect(departures.map(({ vehicleId, leftOffset }) => [vehicleId, leftOffset])).toEqual([
    ["T1", 8n],
    ["T2", 7n],
  ]);

  const lane = createTelemetryLane(world.settings);
  const told: VisitTold[] = [];
  lane.onVisits((visits) => told.push(...visits));
  await lane.start();
  await until("the line tells who is where", () => told.length > 0);
  expect(told).toMatchObject([{ vehicleId: "T1", fenceId: "1020", enteredMs: START_MS + 30 * 60_000, leftMs: null }]);

  await db.siteEdit.create({ data: { siteId: "1020", latitude: 45, longitude: -88, updatedBy: "test" } });
  lane.fencesChanged();
  let minute = 31;
  const ended = await until("it has left a site that is elsewhere now", async () => {
    await stand("T1", [minute++], 43); // the fences are read while positions come
    return told.find(({ leftMs }) => leftMs !== null);
  });
  expect(ended).toMatchObject({ vehicleId: "T1", fenceId: "1020", enteredMs: START_MS + 30 * 60_000 });
  await lane.stop();
}, 120_000);
