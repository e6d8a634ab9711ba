import { setTimeout as delay } from "node:timers/promises";
import {
  type Admin,
  type ITopicConfig,
  Kafka,
  type KafkaConfig,
  logLevel,
  Partitioners,
  type Producer,
  type ProducerConfig,
  type SASLOptions,
} from "kafkajs";
import type { TopicSpec } from "../contracts/topics.ts";
import type { Logger } from "../platform/logger.ts";
import { calmRequestQueueTimer } from "./request-queue-timer.ts";
import { teachSnappy } from "./snappy.ts";

const TOPIC_KNOWN_MS_MAX = 30_000;
const TOPIC_POLL_MS = 50;
const NOT_YET_KNOWN: ReadonlySet<unknown> = new Set(["UNKNOWN_TOPIC_OR_PARTITION", "LEADER_NOT_AVAILABLE"]);

// Named here, so that nobody else has to know whose client it is.
export type { Admin, Kafka, Message, Producer } from "kafkajs";

export type KafkaSettings = {
  clientId: string;
  brokers: string[];
  ssl: boolean;
  sasl: { mechanism: "plain" | "scram-sha-256" | "scram-sha-512"; username: string; password: string } | null;
};

/** The client of one thread. What kafkajs logs goes to `logger`; its informational chatter only at level debug. */
export function createKafka(settings: KafkaSettings, logger: Logger): Kafka {
  calmRequestQueueTimer();
  teachSnappy();
  return new Kafka({
    clientId: settings.clientId,
    brokers: settings.brokers,
    ssl: settings.ssl,
    // kafkajs types every mechanism on its own, so the union has to be told which of them it is.
    ...(settings.sasl ? { sasl: settings.sasl as SASLOptions } : {}),
    connectionTimeout: 3000,
    retry: { retries: 8, initialRetryTime: 100, maxRetryTime: 2000 },
    logLevel: logger.isLevelEnabled("debug") ? logLevel.DEBUG : logLevel.WARN,
    logCreator: logTo(logger),
  });
}

/** A producer with the usual partitioner named, without which kafkajs warns of a change made years ago. */
export function createProducer(kafka: Kafka, config: ProducerConfig = {}): Producer {
  return kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, ...config });
}

const LEVELS = { 0: "silent", 1: "error", 2: "warn", 4: "debug", 5: "trace" } as const;

function logTo(logger: Logger): NonNullable<KafkaConfig["logCreator"]> {
  return () =>
    ({ namespace, level, log }) => {
      const { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...fields } = log;
      // Each refused answer is an "error" to its connection, a rebalance included; whoever asked decides what it means.
      const own = namespace === "Connection" ? "debug" : LEVELS[level];
      logger[own]({ kafka: namespace, ...fields }, message);
    };
}

/**
 * Makes the topics that do not exist; those that do are left as they are. `coPartitioned` names groups of topics whose
 * partition p belongs together: where partitions were added to the first, the others get as many. Any other difference
 * throws, because records of one vehicle would meet different owners.
 */
export async function ensureTopics(
  admin: Admin,
  specs: readonly TopicSpec[],
  coPartitioned: readonly (readonly string[])[] = [],
): Promise<string[]> {
  const existing = new Set(await admin.listTopics());
  const missing = specs.filter((spec) => !existing.has(spec.topic));
  if (missing.length > 0) await createTopics(admin, missing.map(toTopicConfig));
  for (const topics of coPartitioned) await equalisePartitions(admin, topics);
  return missing.map((spec) => spec.topic);
}

/**
 * Makes topics and waits until they can be used; false if they are all there already. A broker of Apache Kafka learns of
 * a topic a moment after the controller made it and does not know it until then, which kafkajs takes for a failure.
 */
export async function createTopics(admin: Admin, topics: ITopicConfig[]): Promise<boolean> {
  const isNew = await admin.createTopics({ topics, waitForLeaders: false });
  const names = topics.map(({ topic }) => topic);
  const deadlineMs = performance.now() + TOPIC_KNOWN_MS_MAX;
  while (!(await areLed(admin, names, deadlineMs))) await delay(TOPIC_POLL_MS);
  return isNew;
}

async function areLed(admin: Admin, topics: string[], deadlineMs: number): Promise<boolean> {
  try {
    const metadata = await admin.fetchTopicMetadata({ topics });
    return metadata.topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
  } catch (error) {
    const type = error instanceof Error && "type" in error ? error.type : null;
    if (!NOT_YET_KNOWN.has(type) || performance.now() > deadlineMs) throw error;
    return false;
  }
}

const toTopicConfig = (spec: TopicSpec) => ({
  topic: spec.topic,
  numPartitions: spec.partitions,
  configEntries: Object.entries(spec.config ?? {}).map(([name, value]) => ({ name, value })),
});

async function equalisePartitions(admin: Admin, topics: readonly string[]): Promise<void> {
  const metadata = await admin.fetchTopicMetadata({ topics: [...topics] });
  const counts = new Map(metadata.topics.map(({ name, partitions }) => [name, partitions.length]));
  const [first, ...others] = topics.map((topic) => ({ topic, count: counts.get(topic)! }));
  if (others.some(({ count }) => count > first!.count)) {
    const found = [...counts].map(([name, count]) => `${name} has ${count}`).join(", ");
    throw new Error(`topics that share vehicles need the same number of partitions, but ${found}`);
  }
  const fewer = others.filter(({ count }) => count < first!.count);
  const topicPartitions = fewer.map(({ topic }) => ({ topic, count: first!.count }));
  if (topicPartitions.length > 0) await admin.createPartitions({ topicPartitions });
}
