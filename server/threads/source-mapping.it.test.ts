import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Kafka, Producer } from "kafkajs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { REPLAY_HEADERS, REPLAYS_TOPIC } from "../contracts/topics.ts";
import { createLogger } from "../platform/logger.ts";
import { type Database, openDatabase } from "../store/client.ts";
import { createSourceMappingWriter, readSourceMapping } from "../store/source-mapping.ts";
import { createKafka, createProducer, createTopics } from "../stream/kafka.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { startBrokerProcess } from "../testing/start-broker-process.ts";
import { type ChangesLane, createChangesLane } from "./changes-lane.ts";

const cloneDirectory = dirname(dirname(import.meta.dirname));
// The usual refresh is far away: what the lane follows here, it follows because of the mapping.
const TIMING = { sessionTimeoutMs: 3000, topicsRefreshMs: 600_000, lagRefreshMs: 300, fetchWaitMs: 50 };

let directory: string;
let broker: Awaited<ReturnType<typeof startBrokerProcess>>;
let kafka: Kafka;
let producer: Producer;
let own: TestDatabase;
let database: Database;
let lane: ChangesLane;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "wheelhouse-mapping-"));
  broker = await startBrokerProcess({ cloneDirectory, directory });
  const settings = { clientId: "mapping-test", brokers: [broker.address], ssl: false, sasl: null };
  kafka = createKafka(settings, createLogger("test", "silent"));
  producer = createProducer(kafka);
  await producer.connect();
  const admin = kafka.admin();
  await admin.connect();
  const topics = ["erp-prod.LIKP", "sap.LIPS", REPLAYS_TOPIC].map((topic) => ({ topic, numPartitions: 1 }));
  await createTopics(admin, topics);
  await admin.disconnect();
  own = await testDatabase();
  database = openDatabase(own.url, 4);
  lane = createChangesLane({ kafka: settings, databaseUrl: own.url, logLevel: "error", timing: TIMING });
});
afterAll(async () => {
  await lane.stop();
  await producer.disconnect();
  await database.$disconnect();
  await own.drop();
  await broker.stop();
  rmSync(directory, { recursive: true, force: true });
});

const row = (delivery: string, more: object = {}) =>
  JSON.stringify({
    message: {
      data: { MANDT: "100", VBELN: delivery, ...more },
      headers: {
        operation: "INSERT",
        changeSequence: delivery.padStart(35, "0"),
        timestamp: "2026-08-19T14:30:01.000",
      },
    },
  });
const send = (topic: string, value: string, headers: Record<string, string> = {}) =>
  producer.send({ topic, messages: [{ partition: 0, value, headers }] });
const keysOf = async (entity: string) =>
  (await database.cdcSnapshot.findMany({ where: { entity }, orderBy: { key: "asc" } })).map(({ key }) => key);
const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 40_000, interval: 100 });
const topicsRead = () =>
  lane
    .status()
    .sources.map(({ topic }) => topic)
    .sort();

async function map(mappings: { topic: string; connector: string; entity: string; enabled: boolean }[]): Promise<void> {
  const { version } = await readSourceMapping(database);
  expect(await createSourceMappingWriter(database).replace({ version, mappings }, "user:admin")).toBe(true);
}

test("the lane follows the mapping while it runs: a topic is joined, read as it says, left, and gone on with", async () => {
  const erp = { topic: "erp-prod.LIKP", connector: "sap-qlik", entity: "LIKP", enabled: true };
  const lips = { topic: "sap.LIPS", connector: "sap-qlik", entity: "LIPS", enabled: false };
  await map([lips]);
  await send("erp-prod.LIKP", row("0080000001"));
  await send("sap.LIPS", row("0080000001", { POSNR: "000010" }));
  await lane.start();
  // Switched off before the lane began: not a record of it is read.
  await eventually(() => expect(topicsRead()).toEqual([REPLAYS_TOPIC]));

  await map([lips, erp]);
  await eventually(async () => expect(await keysOf("LIKP")).toEqual(["100|0080000001"]));
  expect(lane.status().sources.find(({ topic }) => topic === erp.topic)).toMatchObject({ connector: "sap-qlik" });
  expect(await keysOf("LIPS")).toEqual([]);

  await map([{ ...erp, enabled: false }]);
  await eventually(async () => expect(await keysOf("LIPS")).toEqual(["100|0080000001|000010"]));
  await eventually(() => expect(topicsRead()).toEqual(["sap.LIPS", REPLAYS_TOPIC]));
  await send("erp-prod.LIKP", row("0080000002"));

  await map([erp]);
  await eventually(async () => expect(await keysOf("LIKP")).toEqual(["100|0080000001", "100|0080000002"]));
  await eventually(() => expect(topicsRead()).toContain(erp.topic));
  const counted = await database.consumerOffset.findFirst({ where: { topic: erp.topic } });
  expect(counted?.counters).toMatchObject({ delivered: 2, applied: 2, repeated: 0 });
});

test("a replay of a topic that nobody reads any more is open again, with the reason", async () => {
  await map([]);
  await eventually(() => expect(topicsRead()).not.toContain("erp-prod.LIKP"));
  const place = { topic: "erp-prod.LIKP", partition: 0, recordOffset: 7n };
  await database.deadLetter.create({
    data: {
      ...place,
      recordTimestamp: new Date(),
      ...{ lane: "changes", connector: "sap-qlik", stage: "contract", reason: "missing_key", message: "" },
      ...{ fields: [], headers: {}, sizeBytes: 0, status: "replayed" },
    },
  });
  await send(REPLAYS_TOPIC, row("0080000003"), {
    [REPLAY_HEADERS.deadLetter]: "erp-prod.LIKP~0~7",
    [REPLAY_HEADERS.topic]: "erp-prod.LIKP",
    [REPLAY_HEADERS.partition]: "0",
    [REPLAY_HEADERS.offset]: "7",
    [REPLAY_HEADERS.timestamp]: String(Date.now()),
  });
  await eventually(async () => {
    const letter = await database.deadLetter.findFirst({ where: place });
    expect(letter).toMatchObject({ status: "open", attempts: [{ action: "rejected_again" }] });
    expect(JSON.stringify(letter?.attempts)).toContain("unknown_source");
  });
});
