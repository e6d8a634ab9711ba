import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { uniqueTopic } from "../testing/broker.ts";
import { createTelemetryLane, type TelemetryLane } from "./telemetry-lane.ts";
import { aReading, START_MS, type TelemetryWorld, telemetryWorld, until } from "./telemetry-testing.ts";

const PARTITIONS = 4;
const worlds: TelemetryWorld[] = [];
let world: TelemetryWorld;

beforeEach(async () => {
  world = await telemetryWorld(PARTITIONS);
  worlds.push(world);
});
afterAll(async () => {
  for (const each of worlds) await each.close();
});

async function produceRound(round: number): Promise<void> {
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const messages = Array.from({ length: 50 }, (_, index) => aReading(`T${partition}-${index}`, round));
    await world.produce(partition, messages);
  }
}
const deliveredBy = (...lanes: TelemetryLane[]) =>
  lanes.reduce((sum, lane) => sum + lane.status().records.delivered, 0);
const partitionsOf = (lane: TelemetryLane) => lane.status().sources[0]?.partitions ?? 0;

describe("two owners", () => {
  test("lanes that come and go share the partitions, and each record counts once", async () => {
    const [first, second] = [createTelemetryLane(world.settings), createTelemetryLane(world.settings)];
    await first.start();
    await produceRound(1);
    await until("the first has all", () => deliveredBy(first) === 200);
    await second.start();
    await produceRound(2);
    await until("each owns half", () => partitionsOf(first) === 2 && partitionsOf(second) === 2);
    await until("both together have all", () => deliveredBy(first, second) === 400);
    await first.stop();
    await produceRound(3);
    const { records } = await until("the second has all", () => deliveredBy(second) === 600 && second.status());
    expect(records).toMatchObject({ delivered: 600, applied: 600, repeated: 0, late: 0 });
    const vehicles = await second.vehicles(Array.from({ length: 50 }, (_, index) => `T0-${index}`));
    expect(vehicles.map(({ seenMs }) => seenMs)).toEqual(Array(50).fill(START_MS + 3000));
    await second.stop();
  }, 120_000);

  test("an owner that was overtaken without knowing stores nothing more and says so; the new one has all", async () => {
    const stale = createTelemetryLane(world.settings);
    await stale.start();
    await produceRound(1);
    await until("the first has all", () => deliveredBy(stale) === 200);
    // Another group: the broker does not tell the first that its partitions are claimed, as after a long sleep.
    const owner = createTelemetryLane({ ...world.settings, groupId: uniqueTopic("other") });
    await owner.start();
    await produceRound(2);
    await until("the first finds itself fenced", () => stale.status().state === "stopped");
    expect(stale.status().reason).toContain("another process owns");
    await produceRound(3);
    await until("the new owner has all", () => deliveredBy(owner) === 600);
    expect(owner.status()).toMatchObject({ state: "running", records: { applied: 600, repeated: 0 } });
    await stale.stop();
    const track = await owner.track("T3-7", 0, START_MS * 2, 100);
    expect(track.map(({ timeMs }) => timeMs)).toEqual([1, 2, 3].map((round) => START_MS + round * 1000));
    await owner.stop();
  }, 120_000);
});
