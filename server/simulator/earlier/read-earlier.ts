import type { Kafka } from "../../stream/kafka.ts";
import { EARLIER_TOPICS, EarlierBooks, MOVEMENTS_TOPIC } from "./earlier-books.ts";

/** Its offsets say how much of the log is closed already. */
const GROUP_ID = "wheelhouse-simulator";

type End = { topic: string; partition: number; offset: bigint };

export type Earlier = {
  /** The books as they stood when this was found. */
  read(): Promise<EarlierBooks>;
  /** To be called once everything that closes them is sent: the next world reads on from here. */
  closed(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * What worlds before left in the log and nobody closed yet; `null` if there is nothing. To be called before a new world
 * speaks, so that its own records are not taken for theirs.
 */
export async function findEarlier(kafka: Kafka, topics: readonly string[] = EARLIER_TOPICS): Promise<Earlier | null> {
  const ends = await unreadEnds(kafka, topics);
  if (ends.length === 0) return null;
  const consumer = kafka.consumer({ groupId: GROUP_ID });

  async function read(): Promise<EarlierBooks> {
    const books = new EarlierBooks();
    const unread = new Map(ends.map(({ topic, partition, offset }) => [`${topic}/${partition}`, offset]));
    await consumer.connect();
    await consumer.subscribe({ topics: [...new Set(ends.map(({ topic }) => topic))], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on("consumer.crash", ({ payload }) => reject(payload.error));
      const eachBatch = async ({ batch }: EachBatch) => {
        const { topic, partition } = batch;
        const name = `${topic}/${partition}`;
        const end = unread.get(name);
        if (end === undefined) return;
        for (const { value, timestamp, offset } of batch.messages) {
          if (BigInt(offset) < end) books.take({ topic, value: String(value ?? ""), timestampMs: Number(timestamp) });
        }
        if (BigInt(batch.lastOffset()) + 1n < end) return;
        unread.delete(name);
        consumer.pause([{ topic, partitions: [partition] }]);
        if (unread.size === 0) resolve();
      };
      consumer.run({ autoCommit: false, eachBatch }).catch(reject);
    });
    return books;
  }

  /** Movements are read from the start each time: what they sum up to cannot be told from the last of them. */
  async function closed(): Promise<void> {
    const read = ends.filter(({ topic }) => topic !== MOVEMENTS_TOPIC);
    await consumer.commitOffsets(read.map((end) => ({ ...end, offset: String(end.offset) })));
    await consumer.disconnect();
  }

  return { read, closed, stop: () => consumer.disconnect() };
}

/** Where each partition ends that goes beyond what is closed. */
async function unreadEnds(kafka: Kafka, topics: readonly string[]): Promise<End[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const committed = new Map<string, bigint>();
    for (const { topic, partitions } of await admin.fetchOffsets({ groupId: GROUP_ID, topics: [...topics] })) {
      for (const { partition, offset } of partitions) committed.set(`${topic}/${partition}`, BigInt(offset));
    }
    const ends: End[] = [];
    for (const topic of topics) {
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
        const from = committed.get(`${topic}/${partition}`) ?? 0n;
        const first = from > BigInt(low) ? from : BigInt(low);
        if (BigInt(high) > first) ends.push({ topic, partition, offset: BigInt(high) });
      }
    }
    return ends;
  } finally {
    await admin.disconnect();
  }
}

type EachBatch = Parameters<
  NonNullable<NonNullable<Parameters<ReturnType<Kafka["consumer"]>["run"]>[0]>["eachBatch"]>
>[0];
