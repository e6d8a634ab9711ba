import { afterAll, beforeAll, expect, test } from "vitest";
import { READINGS_TOPIC, REPLAYS_TOPIC } from "../contracts/topics.ts";
import { createProducer, ensureTopics } from "../stream/kafka.ts";
import { expectFoldOfLog } from "./rig/expect-fold-of-log.ts";
import { type FailureRig, failureRig, READING_PARTITIONS, until } from "./rig/failure-rig.ts";
import { aReading } from "./rig/some-readings.ts";

const ADDED = 2;
let rig: FailureRig;

beforeAll(async () => {
  rig = await failureRig({ seed: 101 });
});
afterAll(() => rig.close());

test("partitions that are added to a topic are read from their first record on, and the topics that belong together stay equal", async () => {
  const timing = { ...rig.settings.telemetry.timing, topicsRefreshMs: 300 };
  const lanes = await rig.start({ telemetry: { ...rig.settings.telemetry, timing } });
  await rig.speak();
  const count = READING_PARTITIONS + ADDED;
  await rig.admin.createPartitions({ topicPartitions: [{ topic: READINGS_TOPIC, count }] });
  // A producer that knows the topic as it was drops what is meant for its new partitions.
  const producer = createProducer(rig.kafka);
  await producer.connect();
  for (let partition = READING_PARTITIONS; partition < count; partition++) {
    const messages = [1, 2, 3].map((second) => ({ ...aReading(`new-${partition}`, second), partition }));
    await producer.send({ topic: READINGS_TOPIC, messages });
    rig.sent.telemetry += messages.length;
  }
  await producer.disconnect();
  await until("they are read", () => lanes.delivered().telemetry === rig.sent.telemetry);
  await rig.speak();
  await expectFoldOfLog(rig);

  const specs = [READINGS_TOPIC, REPLAYS_TOPIC].map((topic) => ({ topic, partitions: READING_PARTITIONS }));
  await ensureTopics(rig.admin, specs, [[READINGS_TOPIC, REPLAYS_TOPIC]]);
  const { topics } = await rig.admin.fetchTopicMetadata({ topics: [REPLAYS_TOPIC] });
  expect(topics[0]!.partitions).toHaveLength(count);
}, 240_000);
