import type { Message, Producer, ProducerConfig } from "kafkajs";
import type { OutgoingRecord } from "./outgoing.ts";
import { partitionOf } from "./partition.ts";

/** Kafka's default placement of keys, with a cheaper hash than kafkajs has. */
export const keyPartitioner: ProducerConfig["createPartitioner"] =
  () =>
  ({ partitionMetadata, message }) =>
    partitionOf(String(message.key), partitionMetadata.length);

/** How a record is sent at most once and at least once: retried for ever, recognised by the broker when it comes twice. */
export const EXACT_PRODUCER: ProducerConfig = {
  idempotent: true,
  retry: { retries: Number.MAX_SAFE_INTEGER },
  maxInFlightRequests: 1,
  createPartitioner: keyPartitioner,
};

/** A batch of one partition may be a megabyte where nobody has set more, and a request must be taken by any broker. */
const REQUEST_BYTES_MAX = 900_000;

/** Sends records in their order, per topic; returns when all replicas have them. */
export function createPublish(producer: Pick<Producer, "sendBatch">) {
  return async function publish(records: readonly OutgoingRecord[]): Promise<void> {
    let bytes = 0;
    let from = 0;
    for (const [index, { key, value }] of records.entries()) {
      const size = key.length + Buffer.byteLength(value);
      if (bytes > 0 && bytes + size > REQUEST_BYTES_MAX) {
        await send(records.slice(from, index));
        [bytes, from] = [0, index];
      }
      bytes += size;
    }
    if (from < records.length) await send(records.slice(from));
  };

  async function send(records: readonly OutgoingRecord[]): Promise<void> {
    const byTopic = new Map<string, Message[]>();
    for (const { topic, key, value, timestampMs } of records) {
      const messages = byTopic.get(topic);
      const message = { key, value, timestamp: String(timestampMs) };
      if (messages) messages.push(message);
      else byTopic.set(topic, [message]);
    }
    const topicMessages = [...byTopic].map(([topic, messages]) => ({ topic, messages }));
    await producer.sendBatch({ acks: -1, topicMessages });
  }
}
