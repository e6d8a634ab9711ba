import { CompressionTypes, type IHeaders, type KafkaMessage } from "kafkajs";
import { describe, expect, onTestFinished, test } from "vitest";
import { ErrorCode } from "./protocol/error-codes.ts";
import { fetchApi } from "./protocol/fetch.ts";
import { produceApi } from "./protocol/produce.ts";
import { aRecordBatch, valuesIn } from "./testing/a-record-batch.ts";
import { RawClient } from "./testing/raw-client.ts";
import { startTestBroker, type TestBroker } from "./testing/start-test-broker.ts";
import { until } from "./testing/until.ts";

async function startWithTopic(
  topic: string,
  configEntries: { name: string; value: string }[] = [],
): Promise<TestBroker> {
  const broker = await startTestBroker();
  const admin = broker.kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, configEntries }] });
  await admin.disconnect();
  return broker;
}

async function readMessages({ kafka }: TestBroker, topic: string, count: number): Promise<KafkaMessage[]> {
  const consumer = kafka.consumer({ groupId: "reader", maxWaitTimeInMs: 100 });
  onTestFinished(() => consumer.disconnect());
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const messages: KafkaMessage[] = [];
  await consumer.run({ eachMessage: async ({ message }) => void messages.push(message) });
  await until(() => messages.length >= count);
  return messages;
}

const textOf = (headers: IHeaders | undefined) =>
  Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]);

describe("a record", () => {
  test("comes back with key, value, headers and time, null or empty where it was", async () => {
    const broker = await startWithTopic("t");
    const producer = broker.kafka.producer();
    await producer.connect();
    const sent = await producer.send({
      topic: "t",
      messages: [
        { key: "k", value: "v", headers: { reason: "not_json", attempt: "1" }, timestamp: "1700000000123" },
        { key: null, value: null },
        { key: "", value: "" },
      ],
    });
    await producer.disconnect();
    expect(sent).toMatchObject([{ partition: 0, errorCode: 0, baseOffset: "0", logAppendTime: "-1" }]);
    const [full, tombstone, empty] = (await readMessages(broker, "t", 3)) as [KafkaMessage, KafkaMessage, KafkaMessage];
    expect(full).toMatchObject({
      offset: "0",
      timestamp: "1700000000123",
      key: Buffer.from("k"),
      value: Buffer.from("v"),
    });
    expect(textOf(full.headers)).toEqual([
      ["reason", "not_json"],
      ["attempt", "1"],
    ]);
    expect([tombstone.key, tombstone.value]).toEqual([null, null]);
    expect([empty.key?.length, empty.value?.length]).toEqual([0, 0]);
  });

  test("compressed with gzip comes back as it was", async () => {
    const broker = await startWithTopic("t");
    const producer = broker.kafka.producer();
    await producer.connect();
    const values = Array.from({ length: 200 }, (_, index) => `${index} ${"x".repeat(300)}`);
    await producer.send({
      topic: "t",
      compression: CompressionTypes.GZIP,
      messages: values.map((value) => ({ value })),
    });
    await producer.disconnect();
    const messages = await readMessages(broker, "t", values.length);
    expect(messages.map(({ value }) => String(value))).toEqual(values);
  });

  test("gets the broker's time where the topic says so", async () => {
    const broker = await startWithTopic("t", [{ name: "message.timestamp.type", value: "LogAppendTime" }]);
    const before = Date.now();
    const producer = broker.kafka.producer();
    await producer.connect();
    await producer.send({ topic: "t", messages: [{ value: "v", timestamp: "5" }] });
    await producer.disconnect();
    const client = await RawClient.connect(broker.port);
    const { topics } = await client.request(fetchApi, 11, aFetch({ fetchOffset: 0 }));
    client.close();
    const batchTimestampMs = Number(topics[0]!.partitions[0]!.records!.readBigInt64BE(35));
    expect(batchTimestampMs).toBeGreaterThanOrEqual(before);
  });
});

describe("an idempotent producer", () => {
  test("writes in order over many sends, also across a restart of the broker", async () => {
    const broker = await startWithTopic("t");
    const producer = broker.kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    onTestFinished(() => producer.disconnect());
    for (let index = 0; index < 20; index++) {
      if (index === 10) await broker.restart();
      await producer.send({ topic: "t", messages: [{ value: String(index) }] });
    }
    const messages = await readMessages(broker, "t", 20);
    expect(messages.map(({ value }) => Number(value))).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  test("gets an id of its own, also after a restart", async () => {
    const broker = await startTestBroker();
    const idOfNewProducer = async () => {
      const producer = broker.kafka.producer({ idempotent: true });
      await producer.connect();
      await producer.send({ topic: "ids", messages: [{ value: "v" }] });
      await producer.disconnect();
      const client = await RawClient.connect(broker.port);
      const records = await until(async () => {
        const answers = await Promise.all([0, 1, 2, 3, 4, 5].map((partition) => fetchAll(client, "ids", partition)));
        return answers.find((bytes) => bytes.length > 0);
      });
      client.close();
      await deleteTopic(broker, "ids");
      return Number(records.readBigInt64BE(43));
    };
    const first = await idOfNewProducer();
    const second = await idOfNewProducer();
    await broker.restart();
    const third = await idOfNewProducer();
    expect(new Set([first, second, third]).size).toBe(3);
  });
});

describe("a fetch", () => {
  test("waits for records and is answered as soon as one is written", async () => {
    const broker = await startWithTopic("t");
    const [reader, writer] = await Promise.all([RawClient.connect(broker.port), RawClient.connect(broker.port)]);
    const waiting = reader.request(fetchApi, 11, aFetch({ fetchOffset: 0, maxWaitMs: 50_000 }));
    await produceRaw(writer, aRecordBatch({ values: ["awaited"] }));
    expect(valuesIn((await waiting).topics[0]!.partitions[0]!.records!)).toEqual(["awaited"]);
    reader.close();
    writer.close();
  });

  test("below the start or above the end of the log is told so at once", async () => {
    const broker = await startWithTopic("t");
    const client = await RawClient.connect(broker.port);
    for (const fetchOffset of [-5, 1]) {
      const { topics } = await client.request(fetchApi, 11, aFetch({ fetchOffset, maxWaitMs: 50_000 }));
      expect(topics[0]!.partitions[0]!.errorCode).toBe(ErrorCode.OFFSET_OUT_OF_RANGE);
    }
    client.close();
  });

  test("that waits for a topic that is deleted is told so at once", async () => {
    const broker = await startWithTopic("t");
    const client = await RawClient.connect(broker.port);
    const waiting = client.request(fetchApi, 11, aFetch({ fetchOffset: 0, maxWaitMs: 50_000 }));
    await deleteTopic(broker, "t");
    expect((await waiting).topics[0]!.partitions[0]!.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    client.close();
  });

  test("in a flexible version says the same", async () => {
    const broker = await startWithTopic("t");
    const client = await RawClient.connect(broker.port);
    await produceRaw(client, aRecordBatch({ values: ["a", "b"] }), 9);
    const { topics } = await client.request(fetchApi, 12, aFetch({ fetchOffset: 0 }));
    expect(valuesIn(topics[0]!.partitions[0]!.records!)).toEqual(["a", "b"]);
    client.close();
  });
});

test("a corrupt batch is refused with an error, and the connection lives on", async () => {
  const broker = await startWithTopic("t");
  const client = await RawClient.connect(broker.port);
  const corrupt = aRecordBatch({ values: ["bent"] });
  corrupt.writeUInt8(corrupt.at(-3)! ^ 1, corrupt.length - 3);
  expect(await produceRaw(client, corrupt)).toMatchObject({ errorCode: ErrorCode.CORRUPT_MESSAGE, baseOffset: -1 });
  expect(await produceRaw(client, aRecordBatch({ values: ["good"] }))).toMatchObject({ errorCode: 0, baseOffset: 0 });
  client.close();
});

function aFetch({
  fetchOffset,
  maxWaitMs = 0,
  topic = "t",
  partition = 0,
}: {
  fetchOffset: number;
  maxWaitMs?: number;
  topic?: string;
  partition?: number;
}) {
  const epochs = { currentLeaderEpoch: -1, lastFetchedEpoch: -1 };
  const asked = { partition, ...epochs, fetchOffset, logStartOffset: -1, partitionMaxBytes: 1_000_000 };
  return {
    replicaId: -1,
    maxWaitMs,
    minBytes: 1,
    maxBytes: 10_000_000,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [{ name: topic, partitions: [asked] }],
    forgottenTopics: [],
    rackId: "",
  };
}

async function fetchAll(client: RawClient, topic: string, partition: number): Promise<Buffer> {
  const { topics } = await client.request(fetchApi, 11, aFetch({ fetchOffset: 0, topic, partition }));
  return topics[0]!.partitions[0]!.records!;
}

async function produceRaw(client: RawClient, records: Buffer, version = 7) {
  const { topics } = await client.request(produceApi, version, {
    transactionalId: null,
    acks: -1,
    timeoutMs: 1000,
    topics: [{ name: "t", partitions: [{ index: 0, records }] }],
  });
  return topics[0]!.partitions[0]!;
}

async function deleteTopic({ kafka }: TestBroker, topic: string): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic] });
  await admin.disconnect();
}
