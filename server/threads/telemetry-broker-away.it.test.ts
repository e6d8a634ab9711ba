import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createLogger } from "../platform/logger.ts";
import { createKafka, createProducer, createTopics } from "../stream/kafka.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { startBrokerProcess } from "../testing/start-broker-process.ts";
import { createTelemetryLane, type TelemetryLane } from "./telemetry-lane.ts";
import { aReading, until } from "./telemetry-testing.ts";

const directory = mkdtempSync(join(tmpdir(), "wheelhouse-broker-away-"));
let broker: Awaited<ReturnType<typeof startBrokerProcess>>;
let database: TestDatabase;
let lane: TelemetryLane;

afterAll(async () => {
  await lane.stop();
  await broker.stop();
  await database.drop();
  rmSync(directory, { recursive: true, force: true });
});

async function startBroker(port: number): Promise<number> {
  broker = await startBrokerProcess({ cloneDirectory: dirname(dirname(import.meta.dirname)), directory, port });
  return broker.port;
}

test("a broker that is killed and comes back is read on from where the lane was, and meanwhile the lane says so", async () => {
  const port = await startBroker(0);
  const kafka = { clientId: "test", brokers: [`127.0.0.1:${port}`], ssl: false, sasl: null };
  database = await testDatabase();
  const client = createKafka(kafka, createLogger("test", "error"));
  const admin = client.admin();
  await admin.connect();
  const topics = ["readings", "replays"].map((topic) => ({ topic, numPartitions: 2 }));
  await createTopics(admin, topics);
  await admin.disconnect();
  const produce = async (from: number, to: number) => {
    const producer = createProducer(client);
    await producer.connect();
    const messages = Array.from({ length: to - from + 1 }, (_, index) => aReading("T1", from + index));
    await producer.send({ topic: "readings", messages });
    await producer.disconnect();
  };
  await produce(1, 10);
  lane = createTelemetryLane({
    ...{ kafka, databaseUrl: database.url, logLevel: "silent", checkpointIntervalMs: 300 },
    ...{ readingsTopic: "readings", replaysTopic: "replays" },
    timing: { sessionTimeoutMs: 6000, fetchWaitMs: 50, retryMs: 100, retryMsMax: 1000 },
  });
  await lane.start();
  await until("all is read", () => lane.status().records.delivered === 10);

  await broker.kill();
  await until(
    "the lane says so",
    () => lane.status().state === "paused" && /broker/.test(lane.status().reason ?? ""),
    60_000,
  );
  await startBroker(port);
  await produce(11, 20);
  await until("the rest is read", () => lane.status().records.delivered === 20, 60_000);
  expect(lane.status()).toMatchObject({ state: "running", records: { applied: 20, repeated: 0, late: 0 } });
}, 180_000);
