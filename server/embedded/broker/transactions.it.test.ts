import type { Producer } from "kafkajs";
import { expect, onTestFinished, test } from "vitest";
import { startTestBroker, type TestBroker } from "./testing/start-test-broker.ts";
import { until } from "./testing/until.ts";

const TOPIC = "t";

async function startWithTopic(): Promise<TestBroker> {
  const broker = await startTestBroker({ retentionIntervalMs: 200 });
  const admin = broker.kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: 1 }] });
  await admin.disconnect();
  return broker;
}

async function connectProducer({ kafka }: TestBroker, transactionTimeout = 30_000): Promise<Producer> {
  const producer = kafka.producer({
    transactionalId: "tx",
    idempotent: true,
    maxInFlightRequests: 1,
    transactionTimeout,
    retry: { retries: 2, initialRetryTime: 50 },
  });
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  return producer;
}

async function connectReader({ kafka }: TestBroker, readUncommitted = false): Promise<string[]> {
  const consumer = kafka.consumer({ groupId: `reader ${readUncommitted}`, maxWaitTimeInMs: 50, readUncommitted });
  onTestFinished(() => consumer.disconnect());
  const values: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void values.push(String(message.value)) });
  return values;
}

/** Written last and outside of any transaction: when it is read, all that was readable before it was. */
async function sendMark({ kafka }: TestBroker): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic: TOPIC, messages: [{ value: "mark" }] });
  await producer.disconnect();
}

async function committedOffset({ kafka }: TestBroker, groupId: string): Promise<string> {
  const admin = kafka.admin();
  await admin.connect();
  const [offsets] = await admin.fetchOffsets({ groupId, topics: [TOPIC] });
  await admin.disconnect();
  return offsets!.partitions[0]!.offset;
}

const sendOffset = (groupId: string, offset: string) => ({
  consumerGroupId: groupId,
  topics: [{ topic: TOPIC, partitions: [{ partition: 0, offset }] }],
});

test("what is committed is read in order, what is aborted never, with its group offsets", async () => {
  const broker = await startWithTopic();
  const producer = await connectProducer(broker);
  for (const [value, offset, isCommit] of [
    ["a", "1", true],
    ["b", "2", false],
    ["c", "3", true],
    ["d", "4", false],
  ] as const) {
    const transaction = await producer.transaction();
    await transaction.send({ topic: TOPIC, messages: [{ value }] });
    await transaction.sendOffsets(sendOffset("work", offset));
    if (isCommit) await transaction.commit();
    else await transaction.abort();
  }
  await sendMark(broker);
  const values = await connectReader(broker);
  await until(() => values.includes("mark"));
  expect(values).toEqual(["a", "c", "mark"]);
  expect(await committedOffset(broker, "work")).toBe("3");
});

test("an open transaction hides itself and what follows until it is decided", async () => {
  const broker = await startWithTopic();
  const producer = await connectProducer(broker);
  const transaction = await producer.transaction();
  await transaction.send({ topic: TOPIC, messages: [{ value: "open" }] });
  await sendMark(broker);
  const uncommitted = await connectReader(broker, true);
  const committed = await connectReader(broker);
  await until(() => uncommitted.includes("mark"));
  expect(committed).toEqual([]);
  await transaction.commit();
  await until(() => committed.length === 2);
  expect(committed).toEqual(["open", "mark"]);
});

test("one that was open when the broker restarted is aborted, and its producer cannot commit the half of it", async () => {
  const broker = await startWithTopic();
  const producer = await connectProducer(broker);
  const transaction = await producer.transaction();
  await transaction.send({ topic: TOPIC, messages: [{ value: "half" }] });
  await transaction.sendOffsets(sendOffset("work", "1"));
  await broker.restart();
  await expect(transaction.commit()).rejects.toThrow();
  const successor = await connectProducer(broker);
  const second = await successor.transaction();
  await second.send({ topic: TOPIC, messages: [{ value: "whole" }] });
  await second.commit();
  const values = await connectReader(broker);
  await until(() => values.includes("whole"));
  expect(values).toEqual(["whole"]);
  expect(await committedOffset(broker, "work")).toBe("-1");
});

test("one that its producer forgets is aborted when its time is up, so that readers go on", async () => {
  const broker = await startWithTopic();
  const producer = await connectProducer(broker, 500);
  const transaction = await producer.transaction();
  await transaction.send({ topic: TOPIC, messages: [{ value: "forgotten" }] });
  await sendMark(broker);
  const values = await connectReader(broker);
  await until(() => values.includes("mark"));
  expect(values).toEqual(["mark"]);
  await expect(transaction.commit()).rejects.toThrow();
});

test("a second producer under the same id fences the first", async () => {
  const broker = await startWithTopic();
  const first = await connectProducer(broker);
  const transaction = await first.transaction();
  await transaction.send({ topic: TOPIC, messages: [{ value: "first" }] });
  const second = await connectProducer(broker);
  const next = await second.transaction();
  await expect(transaction.commit()).rejects.toThrow();
  await next.send({ topic: TOPIC, messages: [{ value: "second" }] });
  await next.commit();
  const values = await connectReader(broker);
  await until(() => values.includes("second"));
  expect(values).toEqual(["second"]);
});
