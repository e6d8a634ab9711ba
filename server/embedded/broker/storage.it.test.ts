import { appendFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Admin } from "kafkajs";
import { describe, expect, onTestFinished, test } from "vitest";
import type { BrokerOptions } from "./broker.ts";
import { aRecordBatch } from "./testing/a-record-batch.ts";
import { startTestBroker, type TestBroker } from "./testing/start-test-broker.ts";
import { until } from "./testing/until.ts";

async function connectAdmin({ kafka }: TestBroker): Promise<Admin> {
  const admin = kafka.admin({ retry: { retries: 0 } });
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  return admin;
}

async function startWithTopic(config: Record<string, string> = {}, options: Partial<BrokerOptions> = {}) {
  const broker = await startTestBroker(options);
  const admin = await connectAdmin(broker);
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
  await admin.createTopics({ topics: [{ topic: "t", numPartitions: 1, configEntries }] });
  return { broker, admin };
}

async function produce({ kafka }: TestBroker, values: readonly string[]): Promise<string | undefined> {
  const producer = kafka.producer();
  await producer.connect();
  let lastOffset: string | undefined;
  for (const value of values) lastOffset = (await producer.send({ topic: "t", messages: [{ value }] }))[0]!.baseOffset;
  await producer.disconnect();
  return lastOffset;
}

async function offsets(admin: Admin): Promise<{ low: number; high: number }> {
  const [partition] = await admin.fetchTopicOffsets("t");
  return { low: Number(partition!.low), high: Number(partition!.high) };
}

/** The one segment file there is. */
function segmentPath({ directory }: TestBroker): string {
  const logs = join(directory, "logs");
  const [name] = readdirSync(logs, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".log"));
  return join(logs, name!);
}

test("a torn tail is cut at the start: the good records are there, and the next goes on behind them", async () => {
  const { broker } = await startWithTopic();
  await produce(broker, ["a", "b", "c"]);
  const half = aRecordBatch({ values: ["torn"] });
  await broker.restart(() => appendFileSync(segmentPath(broker), half.subarray(0, half.length / 2)));
  expect(await offsets(await connectAdmin(broker))).toEqual({ low: 0, high: 3 });
  expect(await produce(broker, ["d"])).toBe("3");
});

describe("retention moves the start of the log", () => {
  test("by size", async () => {
    const config = { "segment.bytes": "1024", "retention.bytes": "4096" };
    const { broker, admin } = await startWithTopic(config, { retentionIntervalMs: 50 });
    await produce(
      broker,
      Array.from({ length: 30 }, () => "x".repeat(500)),
    );
    const { low, high } = await until(async () => {
      const range = await offsets(admin);
      return range.low > 0 ? range : null;
    });
    expect(high).toBe(30);
    expect(high - low).toBeGreaterThanOrEqual(Math.floor(4096 / 600));
    await broker.restart();
    expect((await offsets(await connectAdmin(broker))).low).toBeGreaterThanOrEqual(low);
  });

  test("by time, and the next record gets the next offset", async () => {
    const { broker, admin } = await startWithTopic({ "retention.ms": "300" }, { retentionIntervalMs: 50 });
    await produce(broker, ["a", "b"]);
    await until(async () => (await offsets(admin)).low === 2);
    expect(await produce(broker, ["c"])).toBe("2");
  });
});

test("a data directory that cannot be written is told to the client, and the broker lives on", async () => {
  const { broker, admin } = await startWithTopic();
  const logs = join(broker.directory, "logs");
  renameSync(logs, `${logs}.away`);
  writeFileSync(logs, "in the way");
  const creation = admin.createTopics({ topics: [{ topic: "new", numPartitions: 1 }] });
  await expect(creation.catch((error) => Promise.reject(error.errors?.[0] ?? error))).rejects.toMatchObject({
    type: "KAFKA_STORAGE_ERROR",
  });
  rmSync(logs);
  renameSync(`${logs}.away`, logs);
  expect(await admin.createTopics({ topics: [{ topic: "new", numPartitions: 1 }] })).toBe(true);
  expect(await produce(broker, ["still here"])).toBe("0");
});
