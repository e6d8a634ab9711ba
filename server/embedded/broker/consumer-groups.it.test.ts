import type { Consumer, ConsumerConfig } from "kafkajs";
import { describe, expect, onTestFinished, test } from "vitest";
import { heartbeatApi, joinGroupApi } from "./protocol/groups.ts";
import { RawClient } from "./testing/raw-client.ts";
import { startTestBroker, type TestBroker } from "./testing/start-test-broker.ts";
import { until } from "./testing/until.ts";

const TOPIC = "orders";
const PARTITIONS = 4;

async function startWithTopic(): Promise<TestBroker> {
  const broker = await startTestBroker();
  const admin = broker.kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions: PARTITIONS }] });
  await admin.disconnect();
  return broker;
}

async function produce({ kafka }: TestBroker, values: readonly string[]): Promise<void> {
  const producer = kafka.producer();
  await producer.connect();
  const messages = values.map((value, index) => ({ value, partition: index % PARTITIONS }));
  await producer.send({ topic: TOPIC, messages });
  await producer.disconnect();
}

type Member = { consumer: Consumer; values: string[]; partitions(): number };

/** A member of the group that notes what it reads and how many partitions it was last given. */
async function joinGroup({ kafka }: TestBroker, config: Partial<ConsumerConfig> = {}): Promise<Member> {
  const consumer = kafka.consumer({
    groupId: "g",
    maxWaitTimeInMs: 50,
    heartbeatInterval: 100,
    sessionTimeout: 6000,
    rebalanceTimeout: 6000,
    ...config,
  });
  onTestFinished(() => consumer.disconnect());
  let assigned = 0;
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    assigned = payload.memberAssignment[TOPIC]?.length ?? 0;
  });
  const values: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => void values.push(String(message.value)) });
  return { consumer, values, partitions: () => assigned };
}

const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => String(from + index));

describe("two members of a group", () => {
  test("share the partitions; when one leaves the other takes over all, and nothing is read twice", async () => {
    const broker = await startWithTopic();
    await produce(broker, numbered(0, 40));
    const first = await joinGroup(broker);
    await until(() => first.values.length === 40);
    const second = await joinGroup(broker);
    await until(() => first.partitions() === 2 && second.partitions() === 2);
    await produce(broker, numbered(40, 80));
    await until(() => first.values.length + second.values.length === 80);
    expect(second.values.length).toBe(20);
    await second.consumer.disconnect();
    await until(() => first.partitions() === 4);
    await produce(broker, numbered(80, 120));
    await until(() => first.values.length + second.values.length === 120);
    expect([...first.values, ...second.values].sort()).toEqual(numbered(0, 120).sort());
  });
});

test("a member that goes silent is thrown out after its session timeout, and its partitions go to the other", async () => {
  const broker = await startWithTopic();
  const ghost = await RawClient.connect(broker.port);
  onTestFinished(() => ghost.close());
  const alive = await joinGroup(broker, { sessionTimeout: 1500, rebalanceTimeout: 1500 });
  await until(() => alive.partitions() === 4);
  const metadata = await memberMetadata(broker);
  const ask = (memberId: string) =>
    ghost.request(joinGroupApi, 5, {
      groupId: "g",
      sessionTimeoutMs: 1500,
      rebalanceTimeoutMs: 1500,
      memberId,
      groupInstanceId: null,
      protocolType: "consumer",
      protocols: [{ name: "RoundRobinAssigner", metadata }],
    });
  // It joins as a real member would, and is never heard of again.
  const { memberId } = await ask("");
  const joined = await ask(memberId);
  expect(joined.errorCode).toBe(0);
  await until(() => alive.partitions() === 2);
  await until(() => alive.partitions() === 4);
  const { generationId } = joined;
  const heartbeat = { groupId: "g", generationId, memberId, groupInstanceId: null };
  expect((await ghost.request(heartbeatApi, 3, heartbeat)).errorCode).toBe(25);
});

describe("committed offsets", () => {
  test("let a group go on where it was, also after a restart of the broker", async () => {
    const broker = await startWithTopic();
    await produce(broker, numbered(0, 20));
    const first = await joinGroup(broker);
    await until(() => first.values.length === 20);
    await first.consumer.disconnect();
    await broker.restart();
    await produce(broker, numbered(20, 40));
    const next = await joinGroup(broker);
    await until(() => next.values.length >= 20);
    expect([...next.values].sort()).toEqual(numbered(20, 40).sort());
  });

  test("are kept as the member committed them, in a running group", async () => {
    const broker = await startWithTopic();
    await produce(broker, numbered(0, 8));
    const { consumer, values } = await joinGroup(broker);
    await until(() => values.length === 8);
    await consumer.commitOffsets([{ topic: TOPIC, partition: 2, offset: "1", metadata: "by hand" }]);
    const admin = broker.kafka.admin();
    await admin.connect();
    const [offsets] = await admin.fetchOffsets({ groupId: "g", topics: [TOPIC] });
    const { groups } = await admin.describeGroups(["g"]);
    await admin.disconnect();
    expect(offsets!.partitions.find(({ partition }) => partition === 2)).toMatchObject({
      offset: "1",
      metadata: "by hand",
    });
    expect(groups[0]).toMatchObject({ state: "Stable", protocolType: "consumer", members: [{ clientId: "test" }] });
  });
});

test("a seek goes back to any offset that is still there", async () => {
  const broker = await startWithTopic();
  await produce(broker, numbered(0, 20));
  const { consumer, values } = await joinGroup(broker);
  await until(() => values.length === 20);
  consumer.seek({ topic: TOPIC, partition: 1, offset: "3" });
  await until(() => values.length === 22);
  expect(values.slice(20)).toEqual(["13", "17"]);
});

test("a reader below the start of the log is sent to what is still there", async () => {
  const broker = await startWithTopic();
  await produce(broker, numbered(0, 20));
  const { consumer, values } = await joinGroup(broker);
  await until(() => values.length === 20);
  const admin = broker.kafka.admin();
  await admin.connect();
  await admin.fetchTopicOffsets(TOPIC);
  await admin.deleteTopicRecords({ topic: TOPIC, partitions: [{ partition: 0, offset: "4" }] });
  await admin.disconnect();
  consumer.seek({ topic: TOPIC, partition: 0, offset: "0" });
  await until(() => values.length === 21);
  expect(values[20]).toBe("16");
});

/** What the member that is there sent of itself when it joined, to join with the same. */
async function memberMetadata({ kafka }: TestBroker): Promise<Buffer> {
  const admin = kafka.admin();
  await admin.connect();
  const { groups } = await admin.describeGroups(["g"]);
  await admin.disconnect();
  return groups[0]!.members[0]!.memberMetadata;
}
