import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { ensureKcat, KCAT_HELP } from "../../../../scripts/lib/kcat.mjs";
import { createKafka, createTopics } from "../../../stream/kafka.ts";
import { testBrokers, uniqueTopic } from "../../../testing/broker.ts";
import { type Admin, aKafka } from "../testing/a-kafka.ts";
import { silentLogger } from "../testing/a-partition-log.ts";
import { until } from "../testing/until.ts";

const PARTITIONS = 3;
let kcat: string;
let admin: Admin;
let topic: string;

beforeAll(async () => {
  const found = await ensureKcat();
  if (!found) throw new Error(`This test drives the broker by librdkafka's kcat: ${KCAT_HELP}.`);
  kcat = found;
  admin = aKafka(testBrokers()).admin();
  await admin.connect();
}, 300_000);
afterAll(() => admin.disconnect());
beforeEach(async () => {
  topic = uniqueTopic("kcat");
  await createTopics(admin, [{ topic, numPartitions: PARTITIONS }]);
});

/** Runs kcat on the brokers of this run; what it prints, or a failure with what it says. */
async function run(commandLine: readonly string[], input = ""): Promise<string> {
  const child = spawn(kcat, ["-b", testBrokers().join(","), "-X", "socket.timeout.ms=20000", ...commandLine]);
  child.stdin.end(input);
  const ended = once(child, "close");
  const [printed, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [exitCode] = await ended;
  if (exitCode !== 0) throw new Error(`kcat ${commandLine.join(" ")} ended with ${exitCode}: ${said}`);
  return printed;
}

const produce = (values: readonly string[], ...more: string[]) =>
  run(["-P", "-t", topic, "-K", ":", ...more], values.map((value) => `key:${value}\n`).join(""));
const readAll = async (...more: string[]) =>
  (await run(["-C", "-t", topic, "-o", "beginning", "-e", "-q", ...more])).split("\n").filter(Boolean);
const readAsGroup = async (group: string, ...more: string[]) =>
  (await run(["-G", group, "-e", "-q", "-X", "auto.offset.reset=earliest", ...more, topic]))
    .split("\n")
    .filter(Boolean);

test("lists the topic with its partitions, each with its leader", async () => {
  const listed = JSON.parse(await run(["-L", "-J", "-t", topic]));
  expect(listed.topics).toHaveLength(1);
  expect(listed.topics[0].topic).toBe(topic);
  const leaders = listed.topics[0].partitions.map(({ partition, leader }: Record<string, number>) => [
    partition,
    listed.brokers.some(({ id }: { id: number }) => id === leader),
  ]);
  expect(leaders).toEqual(Array.from({ length: PARTITIONS }, (_, partition) => [partition, true]));
});

test.each([
  ["plain", []],
  ["by an idempotent producer", ["-X", "enable.idempotence=true"]],
  ["packed with gzip", ["-z", "gzip"]],
  ["packed with snappy", ["-z", "snappy"]],
  ["packed with snappy by an idempotent producer", ["-z", "snappy", "-X", "enable.idempotence=true"]],
  ["in a transaction", ["-X", `transactional.id=${uniqueTopic("kcat")}`]],
  ["packed with snappy in a transaction", ["-z", "snappy", "-X", `transactional.id=${uniqueTopic("kcat")}`]],
])("what is produced %s is consumed as it was, in its order", async (_, settings) => {
  // Alike enough for a codec to have something to do, and long enough for several batches.
  const values = Array.from({ length: 2000 }, (_, index) => `${index} ${"the same words again ".repeat(8)}`);
  await produce(values, ...settings, "-X", "batch.num.messages=300");
  expect(await readAll("-f", "%s\n")).toEqual(values);
  expect(await readAll("-f", "%k\n")).toEqual(values.map(() => "key"));
});

test("what a consumer group has read it does not read again, and another group reads it all", async () => {
  const first = ["1", "2", "3"];
  await produce(first);
  const group = uniqueTopic("group");
  expect(await readAsGroup(group)).toEqual(first);
  await produce(["4", "5"]);
  expect(await readAsGroup(group)).toEqual(["4", "5"]);
  expect(await readAsGroup(uniqueTopic("group"))).toEqual([...first, "4", "5"]);
});

test("a transaction that was not committed is not shown to who reads only what was, and is shown to who reads all", async () => {
  const producer = aKafka(testBrokers()).producer({
    ...{ transactionalId: uniqueTopic("tx"), idempotent: true, maxInFlightRequests: 1 },
  });
  await producer.connect();
  const transaction = await producer.transaction();
  await transaction.send({ topic, messages: [{ key: "key", value: "aborted" }] });
  await transaction.abort();
  await producer.disconnect();
  await produce(["kept"]);
  expect(await readAll("-X", "isolation.level=read_committed")).toEqual(["kept"]);
  expect(await readAll("-X", "isolation.level=read_uncommitted")).toEqual(["aborted", "kept"]);
});

test.each(["gzip", "snappy"])("what is packed with %s elsewhere, the tower's own client reads", async (codec) => {
  const settings = { clientId: "test", brokers: testBrokers(), ssl: false, sasl: null };
  const consumer = createKafka(settings, silentLogger).consumer({ groupId: uniqueTopic("group") });
  onTestFinished(() => consumer.disconnect());
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const values = Array.from({ length: 500 }, (_, index) => `${index} ${"the same words again ".repeat(8)}`);
  const read: string[] = [];
  await consumer.run({ eachMessage: async ({ message }) => void read.push(String(message.value)) });
  await produce(values, "-z", codec);
  await until(() => read.length >= values.length);
  expect(read).toEqual(values);
});

test("a partition is asked where a time begins, and what lies after its end", async () => {
  const sinceMs = Date.now();
  await produce(["a", "b"], "-p", "1");
  const offsetAt = async (timestampMs: number) =>
    Number(/offset (-?\d+)/.exec(await run(["-Q", "-t", `${topic}:1:${timestampMs}`]))?.[1]);
  expect(await offsetAt(sinceMs - 60_000)).toBe(0);
  expect(await offsetAt(sinceMs + 3_600_000)).toBe(-1);
});
