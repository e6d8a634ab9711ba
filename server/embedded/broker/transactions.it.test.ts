import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ErrorCode } from "./protocol/error-codes.ts";
import { aKafka } from "./testing/a-kafka.ts";
import { aDirectory } from "./testing/a-partition-log.ts";
import { startBrokerProcess } from "./testing/broker-process.ts";
import { RawClient } from "./testing/raw-client.ts";
import { startTestBroker } from "./testing/start-test-broker.ts";
import { transactionRequests } from "./testing/transaction-requests.ts";

const TOPIC = "t";
const GROUP = "work";
const JOURNAL = "transactions.jsonl";
const READ_COMMITTED = 1;

async function makeTopic(port: number): Promise<void> {
  const admin = aKafka([`127.0.0.1:${port}`]).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: 1 }] });
  await admin.disconnect();
}

async function connect(port: number) {
  const client = await RawClient.connect(port);
  onTestFinished(() => client.close());
  return transactionRequests(client, { topic: TOPIC, group: GROUP });
}

async function startWithTopic() {
  const broker = await startTestBroker({ retentionIntervalMs: 100 });
  await makeTopic(broker.port);
  return { broker, requests: await connect(broker.port) };
}

test("one that is open when the broker is killed goes on with its successor, and is committed whole", async () => {
  const directory = aDirectory();
  const killed = await startBrokerProcess(["--data-dir", directory, "--port", "0"]);
  await makeTopic(killed.port);
  const before = await connect(killed.port);
  const { identity } = await before.init("tx");
  expect(await before.addPartition(identity)).toBe(ErrorCode.NONE);
  expect(await before.produce(identity, "a", 0)).toBe(ErrorCode.NONE);
  expect(await before.addGroup(identity)).toBe(ErrorCode.NONE);
  expect(await before.commitOffset(identity, 7)).toBe(ErrorCode.NONE);
  killed.child.kill("SIGKILL");
  await killed.exited;

  const successor = await startBrokerProcess(["--data-dir", directory, "--port", "0"]);
  const after = await connect(successor.port);
  expect(await after.fetch(READ_COMMITTED)).toMatchObject({ values: [], lastStableOffset: 0, highWatermark: 1 });
  expect(await after.produce(identity, "a", 0)).toBe(ErrorCode.NONE);
  expect(await after.produce(identity, "b", 1)).toBe(ErrorCode.NONE);
  expect(await after.end(identity, true)).toBe(ErrorCode.NONE);
  expect(await after.fetch(READ_COMMITTED)).toMatchObject({ values: ["a", "b"], abortedTransactions: [] });
  expect(await after.stableOffset()).toEqual({ errorCode: ErrorCode.NONE, committedOffset: 7 });
});

test("a decision that was made but not carried out when the broker ended is carried out on its next start", async () => {
  const { broker, requests } = await startWithTopic();
  const { identity } = await requests.init("tx");
  await requests.addPartition(identity);
  await requests.produce(identity, "decided", 0);
  await requests.commitOffset(identity, 3);
  await broker.restart(() => {
    const journal = join(broker.directory, JOURNAL);
    const last = JSON.parse(readFileSync(journal, "utf8").trim().split("\n").at(-1)!);
    writeFileSync(journal, `${JSON.stringify({ ...last, state: "committing" })}\n`, { flag: "a" });
  });
  const after = await connect(broker.port);
  expect(await after.fetch(READ_COMMITTED)).toMatchObject({ values: ["decided"], lastStableOffset: 2 });
  expect(await after.stableOffset()).toEqual({ errorCode: ErrorCode.NONE, committedOffset: 3 });
  expect(await after.end(identity, true)).toBe(ErrorCode.NONE);
});

test("records whose transaction was lost with the journal are aborted, so that readers go on", async () => {
  const { broker, requests } = await startWithTopic();
  const { identity } = await requests.init("tx");
  await requests.addPartition(identity);
  await requests.produce(identity, "orphan", 0);
  await broker.restart(() => rmSync(join(broker.directory, JOURNAL)));
  const after = await connect(broker.port);
  const { producerId } = identity;
  expect(await after.fetch(READ_COMMITTED)).toMatchObject({
    lastStableOffset: 2,
    abortedTransactions: [{ producerId, firstOffset: 0 }],
  });
  expect(await after.end(identity, true)).toBe(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
});

test("an end that is asked for again is answered alike, and cannot be turned into the other", async () => {
  const { requests } = await startWithTopic();
  const { identity } = await requests.init("tx");
  expect(await requests.end(identity, true)).toBe(ErrorCode.INVALID_TXN_STATE);
  for (const isCommit of [true, false]) {
    await requests.addPartition(identity);
    for (let ask = 0; ask < 2; ask++) expect(await requests.end(identity, isCommit)).toBe(ErrorCode.NONE);
    expect(await requests.end(identity, !isCommit)).toBe(ErrorCode.INVALID_TXN_STATE);
  }
});

test("where a group is cannot be asked while a transaction may yet move it", async () => {
  const { requests } = await startWithTopic();
  const { identity } = await requests.init("tx");
  await requests.addGroup(identity);
  await requests.commitOffset(identity, 5);
  expect((await requests.stableOffset()).errorCode).toBe(ErrorCode.UNSTABLE_OFFSET_COMMIT);
  await requests.commitOffset(identity, 6);
  await requests.end(identity, true);
  expect(await requests.stableOffset()).toEqual({ errorCode: ErrorCode.NONE, committedOffset: 6 });
});

test("who is not in the group's generation cannot move the group through a transaction", async () => {
  const { requests } = await startWithTopic();
  const { identity } = await requests.init("tx");
  await requests.addGroup(identity);
  const ghost = { generationId: 4, memberId: "ghost" };
  expect(await requests.commitOffset(identity, 5, ghost)).toBe(ErrorCode.ILLEGAL_GENERATION);
  expect(await requests.end(identity, true)).toBe(ErrorCode.NONE);
  expect((await requests.stableOffset()).committedOffset).toBe(-1);
});

test("a producer that asks for its next epoch gets it once; who was overtaken is refused with every request", async () => {
  const { requests } = await startWithTopic();
  const { identity: first } = await requests.init("tx");
  const { identity: second, errorCode } = await requests.init("tx", first);
  expect(errorCode).toBe(ErrorCode.NONE);
  expect(second).toEqual({ ...first, producerEpoch: first.producerEpoch + 1 });
  await requests.addPartition(second);
  expect((await requests.init("tx", first)).errorCode).toBe(ErrorCode.PRODUCER_FENCED);
  expect(await requests.addPartition(first)).toBe(ErrorCode.PRODUCER_FENCED);
  expect(await requests.addGroup(first)).toBe(ErrorCode.PRODUCER_FENCED);
  expect(await requests.end(first, true)).toBe(ErrorCode.PRODUCER_FENCED);
  expect(await requests.produce(first, "late", 0)).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
  expect(await requests.commitOffset(first, 1)).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
  expect(await requests.produce(second, "mine", 0)).toBe(ErrorCode.NONE);
  expect(await requests.end(second, true)).toBe(ErrorCode.NONE);
  expect((await requests.fetch(READ_COMMITTED)).values).toEqual(["mine"]);
});

test("a batch goes only to a partition that the transaction was told of", async () => {
  const { requests } = await startWithTopic();
  const { identity } = await requests.init("tx");
  await requests.addGroup(identity);
  expect(await requests.produce(identity, "stray", 0)).toBe(ErrorCode.INVALID_TXN_STATE);
});
