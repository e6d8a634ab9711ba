import { connect, createServer, type Server } from "node:net";
import type { Kafka, KafkaMessage } from "kafkajs";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createLogger } from "../platform/logger.ts";
import { type Database, openDatabase } from "../store/client.ts";
import { hasQueued, queueRecords, relayQueued } from "../store/outbox.ts";
import { testBrokers, uniqueTopic } from "../testing/broker.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { createKafka, createTopics } from "./kafka.ts";
import { OutboxRelay } from "./outbox-relay.ts";

const logger = createLogger("test", "silent");
const kafkaAt = (brokers: string[]): Kafka =>
  createKafka({ clientId: "relay-test", brokers, ssl: false, sasl: null }, logger);

let own: TestDatabase;
let database: Database;
let kafka: Kafka;
let topic: string;
const relays: OutboxRelay[] = [];

beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url, 6);
  kafka = kafkaAt(testBrokers());
});
afterAll(async () => {
  await database.$disconnect();
  await own.drop();
});
beforeEach(async () => {
  topic = uniqueTopic("relay");
  const admin = kafka.admin();
  await admin.connect();
  await createTopics(admin, [{ topic, numPartitions: 2 }]);
  await admin.disconnect();
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await database.$executeRaw`truncate outbox`;
});

async function startRelay(over: { kafka?: Kafka; database?: Database } = {}): Promise<OutboxRelay> {
  const from = over.database ?? database;
  const relay = new OutboxRelay({
    kafka: over.kafka ?? kafka,
    logger,
    hasQueued: () => hasQueued(from),
    relay: (bounds, send) => relayQueued(from, bounds, send),
    pollMs: 20,
  });
  relays.push(relay);
  await relay.start();
  return relay;
}

const queue = (values: readonly string[], partition: number | null = 0) =>
  queueRecords(
    database,
    values.map((value) => ({
      topic,
      partition,
      key: Buffer.from("k"),
      value: Buffer.from(value),
      headers: { about: value.slice(0, 20) },
    })),
  );
const untilEmpty = () =>
  vi.waitFor(async () => expect(await database.outbox.count()).toBe(0), { timeout: 20_000, interval: 50 });

/** Everything in the topic by now. */
async function readAll(): Promise<{ partition: number; message: KafkaMessage }[]> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const expected = ends.reduce((sum, { high }) => sum + Number(high), 0);
  const read: { partition: number; message: KafkaMessage }[] = [];
  const consumer = kafka.consumer({ groupId: uniqueTopic("relay-reader"), maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ eachMessage: async ({ partition, message }) => void read.push({ partition, message }) });
  await vi.waitFor(() => expect(read.length).toBe(expected), { timeout: 20_000 });
  await consumer.disconnect();
  return read;
}

test("queued records leave in order with key, headers and partition, and are removed after that", async () => {
  const values = Array.from({ length: 450 }, (_, n) => `value ${n}`);
  await queue(values, 1);
  await startRelay();
  await untilEmpty();
  const read = await readAll();
  expect(read.map(({ message }) => message.value?.toString())).toEqual(values);
  expect(new Set(read.map(({ partition }) => partition))).toEqual(new Set([1]));
  expect(read[0]!.message.key?.toString()).toBe("k");
  expect(read[0]!.message.headers?.about?.toString()).toBe("value 0");
});

test("a record for a partition that the topic does not have is not dropped", async () => {
  await queue(["to partition 1"], 1);
  await queue(["to partition 9"], 9);
  await startRelay();
  await untilEmpty();
  const read = await readAll();
  expect(read.map(({ message }) => message.value?.toString()).sort()).toEqual(["to partition 1", "to partition 9"]);
});

test("of two relays one works at a time, and nothing is sent twice", async () => {
  await startRelay();
  await startRelay();
  const values = Array.from({ length: 600 }, (_, n) => `value ${n}`);
  for (let at = 0; at < values.length; at += 50) await queue(values.slice(at, at + 50));
  await untilEmpty();
  expect((await readAll()).map(({ message }) => message.value?.toString())).toEqual(values);
});

test("while the broker is away the records are kept and the reason is told; then they leave", async () => {
  const [host, port] = testBrokers()[0]!.split(":");
  let door: Server | null = null;
  const doorPort = await freePort();
  const relay = await startRelay({ kafka: kafkaAt([`127.0.0.1:${doorPort}`]) });
  await queue(["waits"]);
  await vi.waitFor(() => expect(relay.failure).not.toBeNull(), { timeout: 30_000, interval: 50 });
  expect(await database.outbox.count()).toBe(1);

  door = createServer((socket) => {
    const through = connect(Number(port), host);
    socket.pipe(through).pipe(socket);
    for (const end of [socket, through]) end.on("error", () => end.destroy());
  });
  await new Promise<void>((listening) => door!.listen(doorPort, "127.0.0.1", listening));
  await untilEmpty();
  await vi.waitFor(() => expect(relay.failure).toBeNull());
  expect((await readAll()).map(({ message }) => message.value?.toString())).toEqual(["waits"]);
  await relays.pop()!.stop();
  door.close();
});

test("what was sent but not yet removed when the process died is sent again", async () => {
  await queue(["first", "second"]);
  const dies = relayQueued(database, { recordsMax: 10, bytesMax: 1000 }, async () => {
    throw new Error("killed after sending");
  });
  await expect(dies).rejects.toThrow("killed");
  expect(await database.outbox.count()).toBe(2);
  await startRelay();
  await untilEmpty();
  expect((await readAll()).map(({ message }) => message.value?.toString())).toEqual(["first", "second"]);
});

test("a batch is bounded by its bytes, but takes at least one record", async () => {
  await queue(["a".repeat(600), "b".repeat(600), "c".repeat(5000), "d"]);
  const batches: string[] = [];
  const send = async (records: { value: Uint8Array | null }[]) =>
    void batches.push(records.map(({ value }) => Buffer.from(value!).toString().at(0)).join(""));
  while ((await relayQueued(database, { recordsMax: 10, bytesMax: 1000 }, send)) > 0);
  expect(batches).toEqual(["ab", "c", "d"]);
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}
