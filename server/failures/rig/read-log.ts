import type { Kafka } from "../../stream/kafka.ts";
import { uniqueTopic } from "../../testing/broker.ts";

export type LogRecord = {
  topic: string;
  partition: number;
  offset: number;
  timestampMs: number;
  value: Buffer | null;
};

/** Every record of these topics as it stands in the log, in the order of each partition, read by a plain consumer. */
export async function readLog(kafka: Kafka, topics: readonly string[]): Promise<LogRecord[]> {
  const missing = await recordsOf(kafka, topics);
  const records: LogRecord[] = [];
  const consumer = kafka.consumer({ groupId: uniqueTopic("reader"), maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topics: [...topics], fromBeginning: true });
  try {
    await new Promise<void>((done) => {
      if (missing.size === 0) done();
      void consumer.run({
        eachMessage: async ({ topic, partition, message }) => {
          const offset = Number(message.offset);
          const timestampMs = Number(message.timestamp);
          records.push({ topic, partition, offset, timestampMs, value: message.value });
          if (missing.get(`${topic}~${partition}`) === offset) missing.delete(`${topic}~${partition}`);
          if (missing.size === 0) done();
        },
      });
    });
  } finally {
    await consumer.disconnect();
  }
  return records.sort((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition || a.offset - b.offset);
}

/** The last offset of each partition that holds any record. */
async function recordsOf(kafka: Kafka, topics: readonly string[]): Promise<Map<string, number>> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map<string, number>();
  for (const topic of topics) {
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
      if (Number(high) > Number(low)) ends.set(`${topic}~${partition}`, Number(high) - 1);
  }
  await admin.disconnect();
  return ends;
}
