import type { Producer } from "kafkajs";
import { expect, onTestFinished, test } from "vitest";
import { fetchApi } from "./protocol/fetch.ts";
import { aDirectory } from "./testing/a-partition-log.ts";
import { valuesIn } from "./testing/a-record-batch.ts";
import { type BrokerProcess, startBrokerProcess } from "./testing/broker-process.ts";
import { RawClient } from "./testing/raw-client.ts";
import { aKafka } from "./testing/start-test-broker.ts";

const TOPIC = "t";
const PARTITIONS = 3;
const KILLS = 4;
const SENDS_BETWEEN_KILLS = 40;
const MESSAGES_PER_SEND = 15;

async function connectProducer(port: number): Promise<Producer> {
  const producer = aKafka(port).producer({
    idempotent: true,
    maxInFlightRequests: 1,
    retry: { retries: Number.MAX_SAFE_INTEGER, initialRetryTime: 50, maxRetryTime: 500 },
  });
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  return producer;
}

/** All values of a partition, in the order of the log. */
async function readPartition(client: RawClient, partition: number): Promise<number[]> {
  const epochs = { currentLeaderEpoch: -1, lastFetchedEpoch: -1 };
  const asked = { partition, ...epochs, fetchOffset: 0, logStartOffset: -1, partitionMaxBytes: 50_000_000 };
  const { topics } = await client.request(fetchApi, 11, {
    replicaId: -1,
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: 50_000_000,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [{ name: TOPIC, partitions: [asked] }],
    forgottenTopics: [],
    rackId: "",
  });
  return valuesIn(topics[0]!.partitions[0]!.records!).map(Number);
}

test("kill -9 in the middle of an idempotent run loses, doubles and disorders nothing that was acknowledged", async () => {
  const directory = aDirectory();
  let broker: BrokerProcess = await startBrokerProcess(["--data-dir", directory, "--port", "0"]);
  const { port } = broker;
  const admin = aKafka(port).admin();
  await admin.connect();
  await admin.createTopics({
    topics: [{ topic: TOPIC, numPartitions: PARTITIONS, configEntries: [{ name: "segment.bytes", value: "4096" }] }],
  });
  await admin.disconnect();
  const producer = await connectProducer(port);

  const acknowledged: number[][] = Array.from({ length: PARTITIONS }, () => []);
  let next = 0;
  const sendOnce = async () => {
    const values = Array.from({ length: MESSAGES_PER_SEND }, () => next++);
    await producer.send({
      topic: TOPIC,
      messages: values.map((value) => ({ value: String(value), partition: value % PARTITIONS })),
    });
    for (const value of values) acknowledged[value % PARTITIONS]!.push(value);
  };

  for (let kill = 0; kill < KILLS; kill++) {
    for (let send = 0; send < SENDS_BETWEEN_KILLS; send++) await sendOnce();
    // The next send is under way when the process dies, and is repeated by the client against its successor.
    const interrupted = sendOnce();
    if (kill % 2 === 0) await new Promise(setImmediate);
    broker.child.kill("SIGKILL");
    await broker.exited;
    broker = await startBrokerProcess(["--data-dir", directory, "--port", String(port)]);
    await interrupted;
  }

  const client = await RawClient.connect(port);
  for (let partition = 0; partition < PARTITIONS; partition++) {
    expect(await readPartition(client, partition)).toEqual(acknowledged[partition]);
  }
  client.close();
  expect(next).toBe(KILLS * (SENDS_BETWEEN_KILLS + 1) * MESSAGES_PER_SEND);
});
