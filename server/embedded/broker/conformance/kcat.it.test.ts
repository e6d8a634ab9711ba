import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ensureKcat, KCAT_HELP } from "../../../../scripts/lib/kcat.mjs";
import { testBrokers, uniqueTopic } from "../../../testing/broker.ts";
import { type Admin, aKafka } from "../testing/a-kafka.ts";

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
  await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS }], waitForLeaders: true });
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

test("offsets are found by time", async () => {
  const before = Date.now();
  await produce(["a", "b"]);
  const byTime = async (timestampMs: number) => {
    const asked = Array.from({ length: PARTITIONS }, (_, partition) => ["-t", `${topic}:${partition}:${timestampMs}`]);
    const lines = (await run(["-Q", ...asked.flat()])).trim().split("\n");
    return lines.map((line) => Number(/offset (-?\d+)$/.exec(line)?.[1])).sort((left, right) => left - right);
  };
  // The key puts both into one partition; the others are empty, and librdkafka gives their end.
  expect(await byTime(before - 60_000)).toHaveLength(PARTITIONS);
  expect((await byTime(before - 60_000)).at(-1)).toBe(0);
  expect((await byTime(before + 3_600_000)).at(-1)).toBeLessThanOrEqual(2);
});
