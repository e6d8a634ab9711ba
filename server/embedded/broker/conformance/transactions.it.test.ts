import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { createTopics } from "../../../stream/kafka.ts";
import { testBrokers, uniqueTopic } from "../../../testing/broker.ts";
import { type Admin, aKafka, type Producer, type Transaction } from "../testing/a-kafka.ts";
import { until } from "../testing/until.ts";

const kafka = aKafka(testBrokers());
let admin: Admin;
let topic: string;
let transactionalId: string;

beforeAll(async () => {
  admin = kafka.admin();
  await admin.connect();
});
afterAll(() => admin.disconnect());
beforeEach(async () => {
  topic = uniqueTopic("transactions");
  transactionalId = uniqueTopic("tx");
  await createTopics(admin, [{ topic, numPartitions: 1 }]);
});

async function connectProducer(transactionTimeout = 30_000): Promise<Producer> {
  const retry = { retries: 20, initialRetryTime: 50, maxRetryTime: 500 };
  const producer = kafka.producer({
    ...{ transactionalId, idempotent: true, maxInFlightRequests: 1, transactionTimeout, retry },
  });
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  return producer;
}

async function connectReader(readUncommitted = false): Promise<string[]> {
  const groupId = uniqueTopic("reader");
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50, readUncommitted });
  onTestFinished(() => consumer.disconnect());
  const values: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void values.push(String(message.value)) });
  return values;
}

/** Written last and outside of any transaction: when it is read, all that was readable before it was. */
async function sendMark(): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages: [{ value: "mark" }] });
  await producer.disconnect();
}

async function committedOffset(groupId: string): Promise<string> {
  const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] });
  return offsets!.partitions[0]!.offset;
}

const send = (transaction: Transaction, value: string) => transaction.send({ topic, messages: [{ value }] });
const sendOffset = (transaction: Transaction, consumerGroupId: string, offset: string) =>
  transaction.sendOffsets({ consumerGroupId, topics: [{ topic, partitions: [{ partition: 0, offset }] }] });

test("what is committed is read in order, what is aborted never, with its group offsets", async () => {
  const producer = await connectProducer();
  const group = uniqueTopic("work");
  for (const [value, offset, isCommit] of [
    ["a", "1", true],
    ["b", "2", false],
    ["c", "3", true],
    ["d", "4", false],
  ] as const) {
    const transaction = await producer.transaction();
    await send(transaction, value);
    await sendOffset(transaction, group, offset);
    if (isCommit) await transaction.commit();
    else await transaction.abort();
  }
  await sendMark();
  const values = await connectReader();
  await until(() => values.includes("mark"));
  expect(values).toEqual(["a", "c", "mark"]);
  expect(await committedOffset(group)).toBe("3");
});

test("an open transaction hides itself and what follows until it is decided", async () => {
  const producer = await connectProducer();
  const transaction = await producer.transaction();
  await send(transaction, "open");
  await sendMark();
  const uncommitted = await connectReader(true);
  const committed = await connectReader();
  await until(() => uncommitted.includes("mark"));
  expect(committed).toEqual([]);
  await transaction.commit();
  await until(() => committed.length === 2);
  expect(committed).toEqual(["open", "mark"]);
});

test("one that its producer forgets is aborted when its time is up, so that readers go on", async () => {
  const producer = await connectProducer(500);
  const transaction = await producer.transaction();
  await send(transaction, "forgotten");
  await sendMark();
  const values = await connectReader();
  await until(() => values.includes("mark"));
  expect(values).toEqual(["mark"]);
  await expect(transaction.commit()).rejects.toThrow();
});

test("a second producer under the same id fences the first", async () => {
  const first = await connectProducer();
  const transaction = await first.transaction();
  await send(transaction, "first");
  const second = await connectProducer();
  const next = await second.transaction();
  await expect(transaction.commit()).rejects.toThrow();
  await send(next, "second");
  await next.commit();
  const values = await connectReader();
  await until(() => values.includes("second"));
  expect(values).toEqual(["second"]);
});

test("work that is read, done and written in transactions is done once, however often it fails in between", async () => {
  const results = uniqueTopic("results");
  await createTopics(admin, [{ topic: results, numPartitions: 1 }]);
  const source = kafka.producer();
  await source.connect();
  onTestFinished(() => source.disconnect());
  await source.send({ topic, messages: Array.from({ length: 20 }, (_, index) => ({ value: String(index) })) });
  const producer = await connectProducer();
  const group = uniqueTopic("work");
  const consumer = kafka.consumer({ groupId: group, maxWaitTimeInMs: 50 });
  await consumer.connect();
  onTestFinished(() => consumer.disconnect());
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  let attempts = 0;
  await consumer.run({
    autoCommit: false,
    async eachBatch({ batch, resolveOffset }) {
      const transaction = await producer.transaction();
      const messages = batch.messages.slice(0, 3);
      await transaction.send({ topic: results, messages: messages.map(({ value }) => ({ value })) });
      const next = String(Number(messages.at(-1)!.offset) + 1);
      await sendOffset(transaction, group, next);
      if (attempts++ % 2 === 0) {
        await transaction.abort();
        consumer.seek({ topic, partition: 0, offset: messages[0]!.offset });
        return;
      }
      await transaction.commit();
      resolveOffset(messages.at(-1)!.offset);
    },
    eachBatchAutoResolve: false,
  });
  await until(async () => (await committedOffset(group)) === "20");
  const sourceTopic = topic;
  topic = results;
  await sendMark();
  const values = await connectReader();
  await until(() => values.includes("mark"));
  topic = sourceTopic;
  expect(values).toEqual([...Array.from({ length: 20 }, (_, index) => String(index)), "mark"]);
  expect(attempts).toBeGreaterThan(7);
});
