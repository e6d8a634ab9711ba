import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTopics } from "../stream/kafka.ts";
import { testBrokers, uniqueTopic } from "../testing/broker.ts";
import type { OutgoingRecord } from "./outgoing.ts";
import { partitionOf } from "./partition.ts";
import { createPublish, EXACT_PRODUCER } from "./publish.ts";

const PARTITIONS = 6;
const topic = uniqueTopic("simulator");
const kafka = new Kafka({ brokers: testBrokers(), logLevel: logLevel.NOTHING });
const producer = kafka.producer(EXACT_PRODUCER);
const consumer = kafka.consumer({ groupId: topic });
const admin = kafka.admin();

type Arrived = { partition: number; key: string; value: string; timestamp: string };

beforeAll(async () => {
  await Promise.all([admin.connect(), producer.connect(), consumer.connect()]);
  await createTopics(admin, [{ topic, numPartitions: PARTITIONS }]);
});
afterAll(async () => {
  await Promise.all([admin.disconnect(), producer.disconnect(), consumer.disconnect()]);
});

test("records arrive byte for byte, in their order, where their key belongs and at their event time", async () => {
  const records = Array.from({ length: 200 }, (_, index): OutgoingRecord => {
    const value = index % 7 === 0 ? "" : `{"n":${index}}`;
    return { topic, key: `TRK-${40_001 + (index % 9)}`, value, timestampMs: 1_787_000_000_000 + index };
  });
  const publish = createPublish(producer);
  await publish(records.slice(0, 120));
  await publish(records.slice(120));

  const arrived = await consume(records.length);
  expect(arrived.every(({ partition, key }) => partition === partitionOf(key, PARTITIONS))).toBe(true);
  for (const key of new Set(records.map((record) => record.key))) {
    const sent = records.filter((record) => record.key === key);
    expect(arrived.filter((record) => record.key === key).map(({ value, timestamp }) => [value, timestamp])).toEqual(
      sent.map(({ value, timestampMs }) => [value, String(timestampMs)]),
    );
  }
});

test("what is more than a broker takes at once is sent in parts", async () => {
  const value = "x".repeat(20_000);
  const before = await endOf(topic);
  const records = Array.from(
    { length: 1_000 },
    (_, index): OutgoingRecord => ({ topic, key: `TRK-${index}`, value, timestampMs: 1_787_000_000_000 }),
  );
  await createPublish(producer)(records);
  expect((await endOf(topic)) - before).toBe(records.length);
});

const endOf = async (name: string): Promise<number> =>
  (await admin.fetchTopicOffsets(name)).reduce((sum, { high }) => sum + Number(high), 0);

async function consume(count: number): Promise<Arrived[]> {
  const arrived: Arrived[] = [];
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async ({ partition, message }: Parameters<NonNullable<Handler>>[0]) => {
      // An empty value is a record with no bytes; a tombstone would be something else.
      const value = message.value === null ? "a tombstone" : message.value.toString();
      arrived.push({ partition, key: String(message.key), value, timestamp: message.timestamp });
      if (arrived.length === count) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  return arrived;
}
type Handler = NonNullable<Parameters<typeof consumer.run>[0]>["eachMessage"];
