import { createLogger } from "../platform/logger.ts";
import {
  type Admin,
  createKafka,
  createProducer,
  createTopics,
  type Kafka,
  type KafkaSettings,
  type Message,
  type Producer,
} from "../stream/kafka.ts";
import { testBrokers, uniqueTopic } from "../testing/broker.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import type { TelemetrySettings } from "./telemetry-settings.ts";

/** A lane's world for one suite: its own database, its own topics, and hands to produce with. */
export type TelemetryWorld = {
  settings: TelemetrySettings;
  readingsTopic: string;
  replaysTopic: string;
  kafka: Kafka;
  admin: Admin;
  database: TestDatabase;
  produce(partition: number, messages: Message[], topic?: string): Promise<void>;
  close(): Promise<void>;
};

export async function telemetryWorld(partitions = 2): Promise<TelemetryWorld> {
  const database = await testDatabase();
  const kafkaSettings: KafkaSettings = { clientId: "test", brokers: testBrokers(), ssl: false, sasl: null };
  const kafka = createKafka(kafkaSettings, createLogger("test", "error"));
  const admin = kafka.admin();
  const producer: Producer = createProducer(kafka);
  await Promise.all([admin.connect(), producer.connect()]);
  const readingsTopic = uniqueTopic("readings");
  const replaysTopic = uniqueTopic("replays");
  const topics = [readingsTopic, replaysTopic].map((topic) => ({ topic, numPartitions: partitions }));
  await createTopics(admin, topics);
  return {
    settings: {
      kafka: kafkaSettings,
      databaseUrl: database.url,
      logLevel: "error",
      groupId: uniqueTopic("group"),
      readingsTopic,
      replaysTopic,
      sitesTopic: uniqueTopic("sites"),
      checkpointIntervalMs: 300,
      timing: { sessionTimeoutMs: 6000, fetchWaitMs: 50, retryMs: 100, lagRefreshMs: 200 },
    },
    ...{ readingsTopic, replaysTopic, kafka, admin, database },
    async produce(partition, messages, topic = readingsTopic) {
      await producer.send({ topic, messages: messages.map((message) => ({ ...message, partition })) });
    },
    async close() {
      await Promise.all([admin.disconnect(), producer.disconnect()]);
      await database.drop();
    },
  };
}

export const START_MS = Date.UTC(2026, 7, 19, 14);

/** A record of reading.v1, `at` seconds after the start, with a Kafka timestamp to match. */
export function aReading(vehicleId: string, at: number, over: Record<string, unknown> = {}): Message {
  const timeMs = START_MS + at * 1000;
  const document = {
    schema: "reading.v1",
    vehicleId,
    time: new Date(timeMs).toISOString(),
    source: "test",
    readingId: `${vehicleId}-${at}`,
    latitude: 41 + at / 1e4,
    longitude: -88 + at / 1e4,
    speedKmh: at % 100,
    ...over,
  };
  return { key: vehicleId, value: JSON.stringify(document), timestamp: String(timeMs) };
}

export { until } from "../testing/until.ts";
