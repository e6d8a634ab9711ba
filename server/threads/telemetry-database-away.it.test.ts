import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "../store/client.ts";
import { createTelemetryLane, type TelemetryLane } from "./telemetry-lane.ts";
import { aReading, type TelemetryWorld, telemetryWorld, until } from "./telemetry-testing.ts";

let world: TelemetryWorld;
let db: Database;
let lane: TelemetryLane;

beforeAll(async () => {
  world = await telemetryWorld(2);
  db = openDatabase(world.database.url, 2);
  lane = createTelemetryLane(world.settings);
  await lane.start();
});
afterAll(async () => {
  await lane.stop();
  await db.$disconnect();
  await world.close();
});

test("a database that refuses holds the lane, visibly, and nothing is lost when it takes again", async () => {
  await world.produce(0, [aReading("T1", 1)]);
  await until("it is read", () => lane.status().records.delivered === 1);
  await db.$executeRaw`alter table history_segment rename to history_segment_away`;
  await world.produce(0, [aReading("T1", 2), { value: "broken" }]);
  const paused = await until("the lane is held", () => lane.status().state === "paused" && lane.status());
  expect(paused.reason).toMatch(/the database does not store/);

  await world.produce(0, [aReading("T1", 3)]);
  await db.$executeRaw`alter table history_segment_away rename to history_segment`;
  await until("the lane runs again", () => lane.status().state === "running");
  const { records } = await until("all is read", () => lane.status().records.delivered === 4 && lane.status());
  expect(records).toMatchObject({ applied: 3, rejected: 1, repeated: 0 });
  await until("all is stored", async () => (await db.consumerOffset.findFirst({ where: { nextOffset: 4n } })) !== null);
  const [stored] = await db.$queryRaw<{ rows: bigint }[]>`select sum(rows) as rows from history_segment`;
  expect(Number(stored!.rows)).toBe(3);
  expect(await db.deadLetter.count()).toBe(1);
});
