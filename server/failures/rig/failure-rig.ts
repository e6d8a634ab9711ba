import { addOutcomes, noOutcomes, type OutcomeCounts } from "../../contracts/outcome.ts";
import { READINGS_TOPIC, REPLAYS_TOPIC } from "../../contracts/topics.ts";
import { createLogger } from "../../platform/logger.ts";
import { createRandom } from "../../simulator/random.ts";
import { type Database, openDatabase } from "../../store/client.ts";
import { type Admin, createKafka, createProducer, type Kafka, type Producer } from "../../stream/kafka.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { until as soon } from "../../testing/until.ts";
import { BrokerChild } from "./broker-child.ts";
import { LanesChild } from "./lanes-child.ts";
import type { LanesSettings } from "./lanes-process.ts";
import { CHANGE_PARTITIONS, CHANGE_TOPICS, type PlacedMessage, someChanges } from "./some-changes.ts";
import { someReadings } from "./some-readings.ts";

export const READING_PARTITIONS = 2;
const OUR_TOPICS = ["tower.dead-letters"];

/**
 * One way to fail needs its own world: a broker in a process of its own, a database, both lanes in processes that can be
 * killed, and a source that speaks with every fault a source can have.
 */
export type FailureRig = {
  broker: BrokerChild;
  kafka: Kafka;
  admin: Admin;
  db: Database;
  settings: LanesSettings;
  /** How many records were sent of each lane's topics. */
  sent: { telemetry: number; changes: number };
  /** Sends what all sources say in a while. */
  speak(): Promise<void>;
  send(topic: string, messages: readonly PlacedMessage[]): Promise<void>;
  vehicleIds: string[];
  /** The counters of both lanes together, as they are stored. */
  totals(): Promise<OutcomeCounts>;
  start(over?: Partial<LanesSettings>, options?: { clockSkewMs?: number }): Promise<LanesChild>;
  /** All that was sent, or so many records, are stored, and what they queued for the broker has left. */
  untilStored(records?: FailureRig["sent"]): Promise<void>;
  /** Ends the processes that still run, as an operator would. */
  stopAll(): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  seed?: number;
  /** Instead of the database server that all suites share. */
  database?: TestDatabase;
  /** Where the lanes find the database, if not where it is. */
  databaseUrl?(url: string): string;
};

export async function failureRig({ seed = 1, database, databaseUrl }: Options = {}): Promise<FailureRig> {
  const broker = new BrokerChild();
  const [own] = await Promise.all([database ?? testDatabase(), broker.start()]);
  const db = openDatabase(own.url, 3);
  const kafkaSettings = { clientId: "rig", brokers: [broker.address], ssl: false, sasl: null };
  const kafka = createKafka(kafkaSettings, createLogger("rig", "silent"));
  const admin = kafka.admin();
  await admin.connect();
  await createTopics(admin);
  const sender = createSender(kafka);
  const children: LanesChild[] = [];
  const readings = someReadings(createRandom(seed, 1), READING_PARTITIONS);
  const changes = someChanges(createRandom(seed, 2));
  const sent = { telemetry: 0, changes: 0 };
  const url = databaseUrl?.(own.url) ?? own.url;
  const timing = { sessionTimeoutMs: 2000, fetchWaitMs: 50, retryMs: 100, retryMsMax: 500, lagRefreshMs: 200 };
  const settings: LanesSettings = {
    telemetry: { kafka: kafkaSettings, databaseUrl: url, logLevel: "silent", checkpointIntervalMs: 250, timing },
    changes: { kafka: kafkaSettings, databaseUrl: url, logLevel: "silent", timing },
  };

  async function send(topic: string, messages: readonly PlacedMessage[]): Promise<void> {
    await sender.send(topic, messages);
    sent[topic === READINGS_TOPIC ? "telemetry" : "changes"] += messages.length;
  }

  return {
    ...{ broker, kafka, admin, db, settings, sent, send, vehicleIds: readings.vehicleIds },
    async speak() {
      for (const [partition, messages] of readings.round().entries())
        await send(
          READINGS_TOPIC,
          messages.map((message) => ({ ...message, partition })),
        );
      for (const { topic, messages } of changes.round()) await send(topic, messages);
    },
    async start(over = {}, options = {}) {
      const child = await LanesChild.start({ ...settings, ...over }, options);
      children.push(child);
      return child;
    },
    async untilStored(records = sent) {
      await until("all is stored", () => isStored(db, records));
      await until("the queue to the broker is empty", async () => (await db.outbox.count()) === 0);
    },
    async totals() {
      const rows = await db.consumerOffset.findMany();
      return rows.reduce(
        (sum, { counters }) => addOutcomes(sum, { ...noOutcomes(), ...(counters as object) }),
        noOutcomes(),
      );
    },
    async stopAll() {
      await Promise.all(children.map((child) => child.stop()));
    },
    async close() {
      await Promise.all(children.map((child) => child.kill()));
      await Promise.all([admin.disconnect(), sender.close(), db.$disconnect()].map((each) => each.catch(() => {})));
      await broker.end();
      await own.drop();
    },
  };
}

async function createTopics(admin: Admin): Promise<void> {
  const topics = [
    ...[READINGS_TOPIC, REPLAYS_TOPIC].map((topic) => ({ topic, numPartitions: READING_PARTITIONS })),
    ...[...CHANGE_TOPICS, ...OUR_TOPICS].map((topic) => ({ topic, numPartitions: CHANGE_PARTITIONS })),
  ];
  await admin.createTopics({ topics, waitForLeaders: true });
}

/** The counters that were stored with the offsets say how much of the log they stand for. */
async function isStored(db: Database, sent: FailureRig["sent"]): Promise<boolean> {
  const rows = await db.consumerOffset.findMany();
  const delivered = (lane: string) =>
    rows
      .filter((row) => row.lane === lane)
      .reduce((sum, { counters }) => sum + ((counters as { delivered?: number }).delivered ?? 0), 0);
  return delivered("telemetry") >= sent.telemetry && delivered("changes") >= sent.changes;
}

/** A producer that is made anew when its broker was away: an idempotent send that failed may be in the log already. */
function createSender(kafka: Kafka) {
  let producer: Producer | null = null;
  return {
    async send(topic: string, messages: readonly PlacedMessage[]): Promise<void> {
      if (!producer) {
        const fresh = createProducer(kafka, { retry: { retries: 2, initialRetryTime: 50 } });
        await fresh.connect();
        producer = fresh;
      }
      try {
        await producer.send({ topic, messages: [...messages] });
      } catch (error) {
        await producer.disconnect().catch(() => {});
        producer = null;
        throw error;
      }
    },
    close: async () => producer?.disconnect(),
  };
}

/** Failures take longer to be over than what other tests wait for. */
export const until = <T>(what: string, check: Parameters<typeof soon<T>>[1], ms = 90_000): Promise<T> =>
  soon(what, check, ms);
