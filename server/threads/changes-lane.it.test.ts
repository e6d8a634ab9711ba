import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Kafka, Message, Producer } from "kafkajs";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Touched } from "../contracts/live-room.ts";
import { DEAD_LETTERS_TOPIC } from "../contracts/topics.ts";
import { createLogger } from "../platform/logger.ts";
import { type Database, openDatabase } from "../store/client.ts";
import { createKafka, createProducer, createTopics } from "../stream/kafka.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { startBrokerProcess } from "../testing/start-broker-process.ts";
import { type ChangesLane, type ChangesLaneSettings, createChangesLane } from "./changes-lane.ts";

const cloneDirectory = dirname(dirname(import.meta.dirname));
const logger = createLogger("test", "silent");
const TIMING = {
  sessionTimeoutMs: 3000,
  topicsRefreshMs: 300,
  lagRefreshMs: 300,
  fetchWaitMs: 50,
  retryMs: 100,
  retryMsMax: 1000,
};

let directory: string;
let broker: Awaited<ReturnType<typeof startBrokerProcess>>;
let kafka: Kafka;
let producer: Producer;
let own: TestDatabase;
let database: Database;
const lanes: ChangesLane[] = [];
const children: ChildProcess[] = [];

// The lane reads every topic under its names, so the suite has a broker to itself.
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "wheelhouse-changes-"));
  broker = await startBrokerProcess({ cloneDirectory, directory });
  kafka = createKafka(settings("").kafka, logger);
  producer = createProducer(kafka);
  await producer.connect();
  await makeTopics([DEAD_LETTERS_TOPIC]);
});
afterAll(async () => {
  await producer.disconnect();
  await broker.stop();
  rmSync(directory, { recursive: true, force: true });
});
afterEach(async () => {
  await Promise.all(lanes.splice(0).map((lane) => lane.stop()));
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await database.$disconnect();
  await own.drop();
  const admin = kafka.admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => /^(sap|salesforce|master)\./.test(topic));
  if (topics.length > 0) await admin.deleteTopics({ topics });
  await admin.disconnect();
});

const settings = (databaseUrl: string): ChangesLaneSettings => ({
  kafka: { clientId: "changes-test", brokers: [broker.address], ssl: false, sasl: null },
  databaseUrl,
  logLevel: "error",
  timing: TIMING,
});

async function openOwnDatabase(): Promise<string> {
  own = await testDatabase();
  database = openDatabase(own.url, 4);
  return own.url;
}

/** Always as many partitions: a producer that knew a topic with fewer would drop what is meant for the others. */
async function makeTopics(topics: readonly string[], numPartitions = 3): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  await createTopics(
    admin,
    topics.map((topic) => ({ topic, numPartitions })),
  );
  await admin.disconnect();
}

async function startLane(databaseUrl: string): Promise<ChangesLane> {
  const lane = createChangesLane(settings(databaseUrl));
  lanes.push(lane);
  await lane.start();
  return lane;
}

const sequence = (n: number) => `2026081914300100${String(n).padStart(19, "0")}`;
const likp = (delivery: string, n: number, row: object = {}, operation = "UPDATE") =>
  JSON.stringify({
    message: {
      data: { MANDT: "100", VBELN: delivery, CHANGED: String(n), ...row },
      headers: { operation, changeSequence: sequence(n), timestamp: "2026-08-19T14:30:01.000" },
    },
  });
const orderEvent = (id: string, fields: object) =>
  JSON.stringify({
    payload: {
      ChangeEventHeader: {
        ...{ entityName: "Order", recordIds: [id], changeType: "CREATE" },
        ...{ commitTimestamp: 1787133601000, commitNumber: 10706384729102, sequenceNumber: 1 },
      },
      ...fields,
    },
    event: { replayId: 1 },
  });
const imageOf = async (system: string, entity: string, key: string) =>
  (await database.cdcSnapshot.findUnique({ where: { system_entity_key: { system, entity, key } } }))?.image;
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 40_000, interval: 100 });

test("records of all sources reach their images, and a topic made later is read as well", async () => {
  const url = await openOwnDatabase();
  await makeTopics(["sap.LIKP", "master.sites"]);
  const lane = await startLane(url);
  const touched: Touched[] = [];
  lane.onTouched((each) => void touched.push(each));
  const site = { schema: "site.v1", siteId: "1010", kind: "plant", name: "Joliet", latitude: 41.5, longitude: -88.1 };
  await producer.send({ topic: "master.sites", messages: [{ key: "1010", value: JSON.stringify(site) }] });
  await producer.send({
    topic: "sap.LIKP",
    messages: [
      { partition: 1, value: likp("0080012345", 1) },
      { partition: 1, value: "{" },
    ],
  });
  await eventually(async () => {
    expect(await imageOf("sap", "LIKP", "100|0080012345")).toMatchObject({ CHANGED: "1" });
    expect(await database.site.count()).toBe(1);
    expect(touched.flatMap(({ sites }) => sites)).toEqual(["1010"]);
    expect(touched.flatMap(({ objects }) => objects)).toEqual([{ kind: "delivery", id: "sap:100:0080012345" }]);
  });

  await makeTopics(["salesforce.OrderChangeEvent"]);
  const value = orderEvent("8015g00000Xk2aAAAB", { Status: "Draft" });
  await producer.send({ topic: "salesforce.OrderChangeEvent", messages: [{ value }] });
  await eventually(async () =>
    expect(await imageOf("salesforce", "Order", "8015g00000Xk2aAAAB")).toEqual({ Status: "Draft" }),
  );
  await eventually(async () => {
    const { state, reason, records, lagRecords, sources } = lane.status();
    expect({ state, reason, lagRecords }).toEqual({ state: "running", reason: null, lagRecords: 0 });
    expect(records).toMatchObject({ delivered: 4, applied: 3, rejected: 1 });
    expect(sources.map(({ topic, connector }) => [topic, connector]).sort()).toEqual([
      ["master.sites", "canonical"],
      ["salesforce.OrderChangeEvent", "salesforce-cdc"],
      ["sap.LIKP", "sap-qlik"],
    ]);
  });
  expect(lane.status().sources.find(({ topic }) => topic === "sap.LIKP")).toMatchObject({
    partitions: 3,
    records: { delivered: 2, applied: 1, rejected: 1, gaps: 0 },
  });
});

test("while the database is away the lane pauses and says why; nothing is lost and it goes on by itself", async () => {
  const url = new URL(await openOwnDatabase());
  const door = new Door(Number(url.port), url.hostname);
  const port = await door.open();
  await makeTopics(["sap.LIKP"]);
  const behindDoor = new URL(url);
  behindDoor.port = String(port);
  const lane = await startLane(behindDoor.href);
  const send = (n: number) =>
    producer.send({ topic: "sap.LIKP", messages: [{ partition: 0, value: likp("0080012345", n) }] });
  await send(1);
  await eventually(async () => expect(await imageOf("sap", "LIKP", "100|0080012345")).toMatchObject({ CHANGED: "1" }));

  door.close();
  await send(2);
  await eventually(async () => {
    expect(lane.status().state).toBe("paused");
    expect(lane.status().reason).toMatch(/database/);
  });
  await send(3);
  await door.open(port);
  await eventually(async () => expect(await imageOf("sap", "LIKP", "100|0080012345")).toMatchObject({ CHANGED: "3" }));
  await eventually(async () => {
    expect(lane.status().state).toBe("running");
    expect(lane.status().records).toMatchObject({ delivered: 3, applied: 3 });
  });
  await lanes.pop()!.stop();
  door.close();
});

test("killed in the middle again and again, it ends at the fold of the log with every record counted once", async () => {
  const url = await openOwnDatabase();
  await makeTopics(["sap.LIKP"]);
  const world = aWorld(6000);
  const process = startLaneProcess(url);
  await sendAll(world.messages.slice(0, 2000));
  await untilHistoryHas(500);
  process.kill("SIGKILL");
  const second = startLaneProcess(url);
  await sendAll(world.messages.slice(2000, 4000));
  await untilHistoryHas(2200);
  second.kill("SIGKILL");
  await sendAll(world.messages.slice(4000));
  const lane = await startLane(url);
  await eventually(async () => expect(lane.status().records.delivered).toBe(world.messages.length));

  expect(lane.status().records).toEqual({ ...world.counts, ignored: 0, gaps: 0, lost: 0 });
  const images = await database.cdcSnapshot.findMany();
  expect(Object.fromEntries(images.map(({ key, image }) => [key, image]))).toEqual(world.images);
  expect(await database.deadLetter.count()).toBe(world.counts.rejected);
  expect(await database.cdcChange.count({ where: { late: true } })).toBe(world.counts.late);
  await eventually(async () => expect(await database.outbox.count()).toBe(0));
});

test("a thread that cannot start says so", async () => {
  const url = await openOwnDatabase();
  const lane = createChangesLane({ ...settings(url), logLevel: "no such level" });
  const failures: Error[] = [];
  lane.failed((error) => void failures.push(error));
  await expect(lane.start()).rejects.toThrow("level");
  expect(failures).toHaveLength(1);
  expect(lane.status()).toMatchObject({ state: "stopped", reason: expect.stringContaining("level") });
});

/** Changes of many deliveries with known numbers of late, repeated and broken ones, and what they must end with. */
function aWorld(size: number) {
  const messages: (Message & { partition: number })[] = [];
  const counts = { delivered: size, applied: 0, late: 0, repeated: 0, rejected: 0 };
  const images: Record<string, object> = {};
  const newest = new Map<number, number>();
  for (let n = 1; n <= size; n++) {
    const delivery = n % 97;
    const VBELN = `00800${String(delivery).padStart(5, "0")}`;
    const seen = newest.get(delivery);
    let value = likp(VBELN, n * 10);
    if (n % 31 === 0) {
      value = value.slice(0, -2);
      counts.rejected += 1;
    } else if (n % 13 === 0 && seen !== undefined) {
      value = likp(VBELN, seen);
      counts.repeated += 1;
    } else if (n % 11 === 0 && seen !== undefined) {
      // A place in the source's order that was never used, before the newest.
      value = likp(VBELN, seen - 5 + (n % 4));
      counts.late += 1;
    } else {
      newest.set(delivery, n * 10);
      counts.applied += 1;
      images[`100|${VBELN}`] = { MANDT: "100", VBELN, CHANGED: String(n * 10) };
    }
    messages.push({ partition: delivery % 3, value });
  }
  return { messages, counts, images };
}

async function sendAll(messages: readonly Message[]): Promise<void> {
  for (let at = 0; at < messages.length; at += 500) {
    await producer.send({ topic: "sap.LIKP", messages: messages.slice(at, at + 500) });
  }
}

const untilHistoryHas = (rows: number) =>
  vi.waitFor(async () => expect(await database.cdcChange.count()).toBeGreaterThan(rows), {
    timeout: 40_000,
    interval: 10,
  });

/** The lane in a process of its own, so that it can be killed as a machine would. */
function startLaneProcess(databaseUrl: string): ChildProcess {
  const lane = JSON.stringify(new URL("./changes-lane.ts", import.meta.url).href);
  const program = `import(${lane}).then(({ createChangesLane }) =>
    createChangesLane(${JSON.stringify(settings(databaseUrl))}).start())`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
    cwd: cloneDirectory,
    stdio: ["ignore", "ignore", "inherit"],
  });
  children.push(child);
  return child;
}

/** A way to a server that can be shut: what goes through it is cut off at once. */
class Door {
  #server: Server | null = null;
  readonly #sockets = new Set<Socket>();

  constructor(
    private readonly port: number,
    private readonly host: string,
  ) {}

  async open(port = 0): Promise<number> {
    this.#server = createServer((socket) => {
      const through = connect(this.port, this.host);
      for (const end of [socket, through]) {
        this.#sockets.add(end);
        end.on("error", () => end.destroy());
        end.on("close", () => {
          this.#sockets.delete(end);
          socket.destroy();
          through.destroy();
        });
      }
      socket.pipe(through).pipe(socket);
    });
    this.#server.listen(port, "127.0.0.1");
    await once(this.#server, "listening");
    return (this.#server.address() as { port: number }).port;
  }

  close(): void {
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
