import { randomUUID } from "node:crypto";
import type { Kafka } from "../../stream/kafka.ts";
import { EARLIER_TOPICS, EarlierBooks } from "./earlier-books.ts";

/** Reads what is in the log by now, from its start, as a group that nobody else is in and that is gone afterwards. */
export async function readEarlier(kafka: Kafka, topics: readonly string[] = EARLIER_TOPICS): Promise<EarlierBooks> {
  const books = new EarlierBooks();
  const admin = kafka.admin();
  await admin.connect();
  try {
    const ends = await endsOf(admin, topics);
    if (ends.size > 0) await readTo(kafka, admin, ends, books);
  } finally {
    await admin.disconnect();
  }
  return books;
}

/** The last offset of each partition that holds anything, as `topic/partition`. */
async function endsOf(admin: ReturnType<Kafka["admin"]>, topics: readonly string[]): Promise<Map<string, bigint>> {
  const ends = new Map<string, bigint>();
  for (const topic of topics) {
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
      if (BigInt(high) > BigInt(low)) ends.set(`${topic}/${partition}`, BigInt(high) - 1n);
    }
  }
  return ends;
}

async function readTo(
  kafka: Kafka,
  admin: ReturnType<Kafka["admin"]>,
  ends: Map<string, bigint>,
  books: EarlierBooks,
): Promise<void> {
  const groupId = `wheelhouse-simulator-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId });
  await consumer.connect();
  const topics = [...new Set([...ends.keys()].map((name) => name.slice(0, name.lastIndexOf("/"))))];
  await consumer.subscribe({ topics, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer.on("consumer.crash", ({ payload }) => reject(payload.error));
    const eachBatch = async ({ batch: { topic, partition, messages } }: EachBatch) => {
      for (const { value, timestamp } of messages) {
        books.take({ topic, value: String(value ?? ""), timestampMs: Number(timestamp) });
      }
      const name = `${topic}/${partition}`;
      const last = messages.at(-1);
      if (last && BigInt(last.offset) >= (ends.get(name) ?? 0n)) ends.delete(name);
      if (ends.size === 0) resolve();
    };
    consumer.run({ autoCommit: false, eachBatch }).catch(reject);
  });
  await consumer.disconnect();
  await admin.deleteGroups([groupId]);
}

type EachBatch = Parameters<
  NonNullable<NonNullable<Parameters<ReturnType<Kafka["consumer"]>["run"]>[0]>["eachBatch"]>
>[0];
