import { expect, test } from "vitest";
import { OWN_TOPICS } from "../../contracts/topics.ts";
import { startTestBroker } from "../../embedded/broker/testing/start-test-broker.ts";
import { createPublish, EXACT_PRODUCER } from "../publish.ts";
import { aWorld, HOUR_MS, SPARSE, START_MS } from "../testing.ts";
import { createWorld } from "../world.ts";
import { EARLIER_TOPICS, EarlierBooks } from "./earlier-books.ts";
import { readEarlier } from "./read-earlier.ts";

const settings = aWorld({ vehicles: 40, intervalsMs: SPARSE });

test("a world that was killed is closed by the next, which finds it in the log alone, and only once", async () => {
  const { kafka } = await startTestBroker();
  const producer = kafka.producer(EXACT_PRODUCER);
  const admin = kafka.admin();
  await Promise.all([producer.connect(), admin.connect()]);
  await admin.createTopics({
    topics: OWN_TOPICS.map(({ topic, partitions: numPartitions }) => ({ topic, numPartitions })),
    waitForLeaders: true,
  });
  const publish = createPublish(producer);

  const nothing = await readEarlier(kafka);
  expect(createWorld({ ...settings, earlier: nothing }).advanceTo(START_MS - 1)).toEqual([]);

  const before = createWorld(settings).advanceTo(START_MS + HOUR_MS);
  await publish(before);
  const startMs = START_MS + HOUR_MS + 1_000;
  const found = await readEarlier(kafka);
  const next = createWorld({ ...settings, startMs, earlier: found });
  const closing = next.advanceTo(startMs - 1);
  const expected = new EarlierBooks();
  for (const record of before) if (EARLIER_TOPICS.includes(record.topic)) expected.take(record);
  const same = createWorld({ ...settings, startMs, earlier: expected }).advanceTo(startMs - 1);
  const keys = (records: typeof closing) =>
    records.map(({ topic, key }) => (topic === "sap.MATDOC" ? topic : `${topic} ${key}`)).sort();
  expect(keys(closing)).toEqual(keys(same));
  expect(closing.length).toBeGreaterThan(50);

  await publish(closing);
  const again = createWorld({ ...settings, startMs: startMs + 60_000, earlier: await readEarlier(kafka) });
  expect(again.advanceTo(startMs + 59_999)).toEqual([]);
  const { groups } = await admin.listGroups();
  expect(groups.filter(({ groupId }) => groupId.startsWith("wheelhouse-simulator"))).toEqual([]);
  await Promise.all([producer.disconnect(), admin.disconnect()]);
});
