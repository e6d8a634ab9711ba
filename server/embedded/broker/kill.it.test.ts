import { readdirSync, statSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import type { ISocketFactory, Producer } from "kafkajs";
import { expect, onTestFinished, test } from "vitest";
import { fetchApi } from "./protocol/fetch.ts";
import { aKafka } from "./testing/a-kafka.ts";
import { aDirectory } from "./testing/a-partition-log.ts";
import { valuesIn } from "./testing/a-record-batch.ts";
import { type BrokerProcess, startBrokerProcess } from "./testing/broker-process.ts";
import { RawClient } from "./testing/raw-client.ts";
import { until } from "./testing/until.ts";

const TOPIC = "t";
const PARTITIONS = 3;
const KILLS = 3;
const SENDS_BETWEEN_KILLS = 40;
const MESSAGES_PER_SEND = 15;

/** A producer whose answers can be held back, so that the broker dies between writing and being believed. */
async function connectProducer(port: number): Promise<{ producer: Producer; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const socketFactory: ISocketFactory = ({ host, port: brokerPort, onConnect }) => {
    const socket = connect(brokerPort, host, onConnect);
    sockets.add(socket);
    return socket.once("close", () => sockets.delete(socket));
  };
  const producer = aKafka([`127.0.0.1:${port}`], { socketFactory }).producer({
    idempotent: true,
    maxInFlightRequests: 1,
  });
  await producer.connect();
  onTestFinished(() => producer.disconnect());
  return { producer, sockets };
}

/** All that the logs take on the disk. */
function storedBytes(directory: string): number {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".log"));
  return names.reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}

/** All values of a partition, in the order of the log. */
async function readPartition(client: RawClient, partition: number): Promise<number[]> {
  const values: number[] = [];
  const epochs = { currentLeaderEpoch: -1, lastFetchedEpoch: -1 };
  for (;;) {
    const asked = {
      partition,
      ...epochs,
      fetchOffset: values.length,
      logStartOffset: -1,
      partitionMaxBytes: 1_000_000,
    };
    const { topics } = await client.request(fetchApi, 11, {
      replicaId: -1,
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: 1_000_000,
      isolationLevel: 0,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [{ name: TOPIC, partitions: [asked] }],
      forgottenTopics: [],
      rackId: "",
    });
    const { records, highWatermark } = topics[0]!.partitions[0]!;
    values.push(...valuesIn(records!).map(Number));
    if (values.length >= highWatermark) return values;
  }
}

test("kill -9 in the middle of an idempotent run loses, doubles and disorders nothing that was acknowledged", async () => {
  const directory = aDirectory();
  let broker: BrokerProcess = await startBrokerProcess(["--data-dir", directory, "--port", "0"]);
  const { port } = broker;
  const admin = aKafka([`127.0.0.1:${port}`]).admin();
  await admin.connect();
  await admin.createTopics({
    topics: [{ topic: TOPIC, numPartitions: PARTITIONS, configEntries: [{ name: "segment.bytes", value: "4096" }] }],
  });
  await admin.disconnect();
  const { producer, sockets } = await connectProducer(port);

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
    const isWritten = kill % 2 === 0;
    const bytesBefore = storedBytes(directory);
    if (isWritten) for (const socket of sockets) socket.pause();
    // Under way when the process dies, and repeated by the client against its successor.
    const interrupted = sendOnce();
    if (isWritten) await until(() => storedBytes(directory) > bytesBefore);
    broker.child.kill("SIGKILL");
    await broker.exited;
    for (const socket of sockets) socket.destroy(new Error("the connection is lost with its answers"));
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
