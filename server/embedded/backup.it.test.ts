import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { createLogger } from "../platform/logger.ts";
import { createKafka, createProducer, createTopics } from "../stream/kafka.ts";
import { startBrokerProcess } from "../testing/start-broker-process.ts";
import { createTelemetryLane, type TelemetryLane } from "../threads/telemetry-lane.ts";
import { aReading, until } from "../threads/telemetry-testing.ts";
import { startDatabase } from "./database/start-database.ts";
import { migrateDatabase } from "./launcher/migrate.ts";

const cloneDirectory = dirname(dirname(import.meta.dirname));
const TOPICS = ["readings", "replays"];
const VEHICLES = ["T1", "T2", "T3"];

/** As `.data` is laid out: the database and the broker side by side. Gone when the test ends. */
function aDataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "wheelhouse-backup-"));
  chmodSync(directory, 0o711); // as root, the database runs under an account that must be able to pass
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, "data");
}

/** With owners and modes, as the documents say. */
const copy = (from: string, to: string) => execFileSync("cp", ["-a", from, to]);

/** What `npm start` runs on a data directory, as far as readings are concerned. */
async function startOn(directories: { database: string; broker: string }) {
  const database = await startDatabase({ directory: join(directories.database, "database") });
  const broker = await startBrokerProcess({ cloneDirectory, directory: join(directories.broker, "broker") });
  const kafka = { clientId: "backup-test", brokers: [broker.address], ssl: false, sasl: null };
  const client = createKafka(kafka, createLogger("test", "silent"));
  let lane: TelemetryLane | undefined;
  const stop = async () => {
    await lane?.stop();
    await broker.stop();
    await database.stop();
  };
  onTestFinished(stop);
  return {
    stop,
    /** What is stored once nobody writes any more. */
    async content() {
      await lane?.stop();
      return contentOf(database.url);
    },
    async prepare() {
      await migrateDatabase({ cloneDirectory, url: database.url, environment: { NODE_ENV: "test" } });
      const admin = client.admin();
      await admin.connect();
      const topics = TOPICS.map((topic) => ({ topic, numPartitions: 2 }));
      await createTopics(admin, topics);
      await admin.disconnect();
    },
    async produce(from: number, to: number) {
      const producer = createProducer(client);
      await producer.connect();
      const seconds = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      const readings = seconds.flatMap((second) => VEHICLES.map((vehicle) => aReading(vehicle, second)));
      // One in each portion that no contract knows, so that there are dead letters to keep as well.
      await producer.send({ topic: "readings", messages: [...readings, { key: "T1", value: `broken ${from}` }] });
      await producer.disconnect();
    },
    /** Reads to the end of the log, and tells what the lane then knows. */
    async readAll(delivered: number) {
      lane = createTelemetryLane({
        ...{ kafka, databaseUrl: database.url, logLevel: "silent", checkpointIntervalMs: 200 },
        ...{ readingsTopic: "readings", replaysTopic: "replays", groupId: "backup" },
        timing: { sessionTimeoutMs: 6000, fetchWaitMs: 50, retryMs: 100 },
      });
      const own = lane;
      await own.start();
      await until("all is read", () => own.status().records.delivered === delivered, 60_000);
      const vehicles = await own.vehicles(VEHICLES);
      const tracks = await Promise.all(VEHICLES.map((vehicle) => own.track(vehicle, 0, Date.now(), 1000)));
      return { records: own.status().records, vehicles, tracks };
    },
  };
}

/** Every row of every table of the product, so that two databases can be held against each other. */
async function contentOf(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'parts')",
    );
    const content: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const { rows } = await client.query(
        `select count(*), md5(string_agg(t::text, '|' order by t::text)) from ${name} t`,
      );
      content[name] = JSON.stringify(rows[0]);
    }
    return content;
  } finally {
    await client.end();
  }
}

test("a copy of the data directory, made while it was stopped, is the same tower; and an older one catches up", async () => {
  const directory = aDataDirectory();
  const original = await startOn({ database: directory, broker: directory });
  await original.prepare();
  await original.produce(1, 20);
  const atBackup = await original.readAll(61);
  const storedAtBackup = await original.content();
  expect(Object.keys(storedAtBackup).length).toBeGreaterThan(20);
  await original.stop();
  const backup = aDataDirectory();
  copy(directory, backup);

  const resumed = await startOn({ database: directory, broker: directory });
  await resumed.produce(21, 40);
  const atLoss = await resumed.readAll(122);
  expect(atLoss.records).toMatchObject({ applied: 120, rejected: 2, repeated: 0, late: 0, gaps: 0 });
  await resumed.stop();

  // All of it is lost: both sides come from the backup.
  const restoredDirectory = aDataDirectory();
  copy(backup, restoredDirectory);
  const restored = await startOn({ database: restoredDirectory, broker: restoredDirectory });
  expect(await restored.content()).toEqual(storedAtBackup);
  expect(await restored.readAll(61)).toEqual(atBackup);
  await restored.stop();

  // Only the database is lost, and the log has gone on since the backup: it is read from where the backup stands.
  const caughtUp = await startOn({ database: backup, broker: directory });
  expect(await caughtUp.readAll(122)).toEqual(atLoss);
}, 240_000);
