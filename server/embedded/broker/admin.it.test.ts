import { type Admin, ConfigResourceTypes } from "kafkajs";
import { describe, expect, onTestFinished, test } from "vitest";
import { offsetCommitApi } from "./protocol/offsets.ts";
import { RawClient } from "./testing/raw-client.ts";
import { startTestBroker, type TestBroker } from "./testing/start-test-broker.ts";

async function connectAdmin({ kafka }: TestBroker): Promise<Admin> {
  const admin = kafka.admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  return admin;
}

async function startWithAdmin(): Promise<{ broker: TestBroker; admin: Admin }> {
  const broker = await startTestBroker();
  return { broker, admin: await connectAdmin(broker) };
}

/** A client of its own for what comes after: this one does not repeat a request whose connection was closed. */
async function restart(broker: TestBroker): Promise<Admin> {
  await broker.restart();
  return connectAdmin(broker);
}

async function produce(
  { kafka }: TestBroker,
  topic: string,
  messages: { value: string; timestamp?: string; partition?: number }[],
) {
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages });
  await producer.disconnect();
}

/** As someone outside the group, while it has no members. */
async function commitOffset({ port }: TestBroker, commit: { groupId: string; topic: string; offset: number }) {
  const client = await RawClient.connect(port);
  const partition = {
    partitionIndex: 0,
    committedOffset: commit.offset,
    committedLeaderEpoch: -1,
    committedMetadata: null,
  };
  const { topics } = await client.request(offsetCommitApi, 5, {
    groupId: commit.groupId,
    generationId: -1,
    memberId: "",
    groupInstanceId: null,
    retentionTimeMs: -1,
    topics: [{ name: commit.topic, partitions: [partition] }],
  });
  expect(topics[0]!.partitions[0]!.errorCode).toBe(0);
  client.close();
}

const partitionCount = async (admin: Admin, topic: string) =>
  (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]!.partitions.length;

describe("topics", () => {
  test("are made once, listed and described, and are all there after a restart", async () => {
    const { broker, admin } = await startWithAdmin();
    const topics = [
      { topic: "telematics.readings", numPartitions: 12 },
      { topic: "sap.LIKP", numPartitions: 6 },
    ];
    expect(await admin.createTopics({ topics })).toBe(true);
    expect(await admin.createTopics({ topics })).toBe(false);
    const later = await restart(broker);
    expect((await later.listTopics()).sort()).toEqual(["sap.LIKP", "telematics.readings"]);
    expect(await partitionCount(later, "telematics.readings")).toBe(12);
  });

  test("can be given more partitions", async () => {
    const { broker, admin } = await startWithAdmin();
    await admin.createTopics({ topics: [{ topic: "grows", numPartitions: 2 }] });
    await admin.createPartitions({ topicPartitions: [{ topic: "grows", count: 5 }] });
    expect(await partitionCount(admin, "grows")).toBe(5);
    await expect(admin.createPartitions({ topicPartitions: [{ topic: "grows", count: 3 }] })).rejects.toThrow();
    expect(await partitionCount(await restart(broker), "grows")).toBe(5);
  });

  test("that are deleted are gone with their records, and a new one under the name begins empty", async () => {
    const { broker, admin } = await startWithAdmin();
    await admin.createTopics({ topics: [{ topic: "again", numPartitions: 1 }] });
    await produce(broker, "again", [{ value: "old" }]);
    await commitOffset(broker, { groupId: "g", topic: "again", offset: 1 });
    await admin.deleteTopics({ topics: ["again"] });
    expect(await admin.listTopics()).toEqual([]);
    await admin.createTopics({ topics: [{ topic: "again", numPartitions: 1 }] });
    expect(await admin.fetchTopicOffsets("again")).toMatchObject([{ low: "0", high: "0" }]);
    const [committed] = await admin.fetchOffsets({ groupId: "g", topics: ["again"] });
    expect(committed!.partitions).toMatchObject([{ offset: "-1" }]);
  });

  test.each([
    ["a name with a slash", { topic: "../up" }, /INVALID_TOPIC|invalid/i],
    [
      "a compacted topic",
      { topic: "compacted", configEntries: [{ name: "cleanup.policy", value: "compact" }] },
      /config/i,
    ],
    ["more than one replica", { topic: "replicated", replicationFactor: 3 }, /replication/i],
    ["an absurd number of partitions", { topic: "huge", numPartitions: 1_000_000 }, /policy/i],
  ])("%s is refused with its reason", async (_, topic, reason) => {
    const { admin } = await startWithAdmin();
    const creation = admin.createTopics({ topics: [topic] });
    await expect(creation.catch((error) => Promise.reject(error.errors?.[0] ?? error))).rejects.toThrow(reason);
    expect(await admin.listTopics()).toEqual([]);
  });
});

describe("settings of a topic", () => {
  test("are described and changed, and are kept", async () => {
    const { broker, admin } = await startWithAdmin();
    const configEntries = [{ name: "retention.ms", value: "3600000" }];
    await admin.createTopics({ topics: [{ topic: "t", configEntries }] });
    const describeOwn = async (asking: Admin) => {
      const { resources } = await asking.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: ConfigResourceTypes.TOPIC, name: "t" }],
      });
      const entries = resources[0]!.configEntries as unknown as {
        configName: string;
        configValue: string;
        configSource: number;
      }[];
      return entries
        .filter(({ configSource }) => configSource === 1)
        .map((entry) => [entry.configName, entry.configValue]);
    };
    expect(await describeOwn(admin)).toEqual([["retention.ms", "3600000"]]);
    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        { type: ConfigResourceTypes.TOPIC, name: "t", configEntries: [{ name: "segment.bytes", value: "4096" }] },
      ],
    });
    expect(await describeOwn(await restart(broker))).toEqual([["segment.bytes", "4096"]]);
  });

  test("that are not supported are refused and change nothing", async () => {
    const { admin } = await startWithAdmin();
    await admin.createTopics({ topics: [{ topic: "t" }] });
    const alter = admin.alterConfigs({
      validateOnly: false,
      resources: [
        { type: ConfigResourceTypes.TOPIC, name: "t", configEntries: [{ name: "cleanup.policy", value: "compact" }] },
      ],
    });
    await expect(alter).rejects.toThrow(/config/i);
  });
});

describe("offsets", () => {
  test("are told by end, by beginning and by time", async () => {
    const { broker, admin } = await startWithAdmin();
    await admin.createTopics({ topics: [{ topic: "t", numPartitions: 1 }] });
    const messages = [100, 200, 300].map((timestamp) => ({
      value: "v",
      timestamp: String(1_700_000_000_000 + timestamp),
    }));
    await produce(broker, "t", messages);
    expect(await admin.fetchTopicOffsets("t")).toEqual([{ partition: 0, offset: "3", high: "3", low: "0" }]);
    expect(await admin.fetchTopicOffsetsByTimestamp("t", 1_700_000_000_101)).toEqual([{ partition: 0, offset: "1" }]);
    // Behind the last record there is none, so the client takes the end.
    expect(await admin.fetchTopicOffsetsByTimestamp("t", 1_700_000_000_301)).toEqual([{ partition: 0, offset: "3" }]);
  });

  test("records can be deleted up to an offset, for good", async () => {
    const { broker, admin } = await startWithAdmin();
    await admin.createTopics({ topics: [{ topic: "t", numPartitions: 1 }] });
    await produce(broker, "t", [{ value: "a" }, { value: "b" }, { value: "c" }]);
    // This client learns where a partition lives only by asking for its offsets first.
    await admin.fetchTopicOffsets("t");
    await admin.deleteTopicRecords({ topic: "t", partitions: [{ partition: 0, offset: "2" }] });
    const later = await restart(broker);
    expect(await later.fetchTopicOffsets("t")).toMatchObject([{ low: "2", high: "3" }]);
    await later.deleteTopicRecords({ topic: "t", partitions: [{ partition: 0, offset: "-1" }] });
    expect(await later.fetchTopicOffsets("t")).toMatchObject([{ low: "3", high: "3" }]);
  });
});

describe("groups", () => {
  test("with committed offsets are listed and described, and can be deleted", async () => {
    const { broker, admin } = await startWithAdmin();
    await admin.createTopics({ topics: [{ topic: "t", numPartitions: 2 }] });
    await admin.setOffsets({ groupId: "idle", topic: "t", partitions: [{ partition: 1, offset: "4" }] });
    const later = await restart(broker);
    expect((await later.listGroups()).groups.map(({ groupId }) => groupId)).toEqual(["idle"]);
    expect((await later.describeGroups(["idle"])).groups[0]).toMatchObject({ state: "Empty", members: [] });
    const [committed] = await later.fetchOffsets({ groupId: "idle", topics: ["t"] });
    expect(committed!.partitions.map(({ offset }) => offset)).toEqual(["-1", "4"]);
    await later.deleteGroups(["idle"]);
    expect((await later.listGroups()).groups).toEqual([]);
    await expect(later.deleteGroups(["idle"])).rejects.toThrow();
  });
});
