import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTopics } from "../stream/kafka.ts";
import { createTelemetryLane, type TelemetryLane } from "./telemetry-lane.ts";
import { aReading, type TelemetryWorld, telemetryWorld, until } from "./telemetry-testing.ts";

let world: TelemetryWorld;
let lane: TelemetryLane;

beforeEach(async () => {
  world = await telemetryWorld(2);
  await start();
  await world.produce(0, seconds(1, 20));
  await world.produce(1, [aReading("other", 1)]);
  await until("all is read", () => lane.status().records.delivered === 21);
});
afterEach(async () => {
  await lane.stop();
  await world.close();
});

const seconds = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => aReading("T1", from + index));

async function start(): Promise<void> {
  lane = createTelemetryLane(world.settings);
  await lane.start();
}

async function stoppedBecause(reason: RegExp): Promise<void> {
  await until("the partition is stopped", () => lane.status().state === "stopped");
  expect(lane.status().reason).toMatch(reason);
}

async function otherPartitionGoesOn(): Promise<void> {
  // The partitions are loaded one after the other, and each brings its count along.
  await until("both partitions are loaded", () => lane.status().records.delivered === 21);
  await world.produce(1, [aReading("other", 21)]);
  await until("the other partition goes on", () => lane.status().records.delivered === 22);
}

describe("a log that is not what it was", () => {
  test("records that retention took before they were read are counted as lost, and reading goes on behind them", async () => {
    await lane.stop();
    await world.produce(0, seconds(21, 40));
    await world.admin.fetchTopicOffsets(world.readingsTopic);
    await world.admin.deleteTopicRecords({ topic: world.readingsTopic, partitions: [{ partition: 0, offset: "30" }] });
    await start();
    await until("the rest is read", () => lane.status().records.delivered === 31);
    expect(lane.status()).toMatchObject({ state: "running", records: { applied: 31, gaps: 0, lost: 10 } });
  });

  test("a topic made anew with fewer records stops the partition, rather than skipping what it brings", async () => {
    await lane.stop();
    await recreate();
    await world.produce(0, seconds(50, 52));
    await start();
    await stoppedBecause(/the log ends at 3, before the expected offset 20/);
  });

  test("a topic made anew that has already grown beyond is known by its last record", async () => {
    await lane.stop();
    await recreate();
    await world.produce(0, seconds(50, 90));
    await world.produce(1, [aReading("other", 1)]);
    await start();
    await stoppedBecause(
      /^1 of 2 partitions stopped, the others go on: .* the record at offset 19 is not the one read/,
    );
    await otherPartitionGoesOn();
  });

  test("a topic that is read for the first time begins where its log begins", async () => {
    await lane.stop();
    const fresh = await telemetryWorld(1);
    await fresh.produce(0, seconds(1, 10));
    await fresh.admin.fetchTopicOffsets(fresh.readingsTopic);
    await fresh.admin.deleteTopicRecords({ topic: fresh.readingsTopic, partitions: [{ partition: 0, offset: "4" }] });
    lane = createTelemetryLane(fresh.settings);
    await lane.start();
    await until("the rest is read", () => lane.status().records.delivered === 6);
    expect(lane.status()).toMatchObject({ state: "running", records: { applied: 6, gaps: 0 } });
    await lane.stop();
    await fresh.close();
  });
});

async function recreate(): Promise<void> {
  await world.admin.deleteTopics({ topics: [world.readingsTopic] });
  const topics = [{ topic: world.readingsTopic, numPartitions: 2 }];
  await until("the topic is there again", () => createTopics(world.admin, topics));
}
