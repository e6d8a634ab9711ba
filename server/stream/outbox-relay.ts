import { setTimeout as delay } from "node:timers/promises";
import type { Kafka, Producer, TopicMessages } from "kafkajs";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";
import { createProducer } from "./kafka.ts";
import { backOff, messageOf } from "./retry.ts";

type QueuedRecord = {
  topic: string;
  partition: number | null;
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers: Record<string, string>;
};

export type OutboxRelayParts = {
  kafka: Kafka;
  logger: Logger;
  hasQueued(): Promise<boolean>;
  /** Hands the oldest records to `send`, removes them after it, and returns how many; 0 while another process relays. */
  relay(
    bounds: { recordsMax: number; bytesMax: number },
    send: (records: QueuedRecord[]) => Promise<void>,
  ): Promise<number>;
  pollMs?: number;
};

/** Said instead of the value of a record that the broker finds too large. What it stood for is still in the database. */
export const OMITTED_HEADER = "wheelhouse.outbox.omitted";

const POLL_MS = 250;
const RETRY_MS = 500;
const RETRY_MS_MAX = 10_000;
/** Well below what a broker takes in one request by default, and what fits in the time of one transaction. */
const BOUNDS = { recordsMax: 200, bytesMax: 400_000 };

/**
 * Empties the outbox table into Kafka, in the order of its ids, at least once. One process does it at a time; while the
 * broker or the database is away, the table keeps what is queued.
 */
export class OutboxRelay implements Managed {
  readonly name = "outbox relay";
  /** Why nothing leaves at the moment, in words for an operator. */
  failure: string | null = null;
  readonly #parts: OutboxRelayParts;
  readonly #backOff = backOff(RETRY_MS, RETRY_MS_MAX);
  readonly #stopping = new AbortController();
  #producer: Producer | null = null;
  #loop: Promise<void> = Promise.resolve();

  constructor(parts: OutboxRelayParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    this.#loop = this.#run();
  }

  /** What is being sent is finished first. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    await this.#dropProducer();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const waitMs = await this.#once();
      if (waitMs > 0) await delay(waitMs, undefined, { signal }).catch(() => {});
    }
  }

  /** Relays one batch; returns how long to wait before the next. */
  async #once(): Promise<number> {
    try {
      const queued = await this.#parts.hasQueued();
      const sent = queued ? await this.#parts.relay(BOUNDS, (records) => this.#send(records)) : 0;
      this.failure = null;
      this.#backOff.reset();
      return sent > 0 ? 0 : (this.#parts.pollMs ?? POLL_MS);
    } catch (error) {
      const retryMs = this.#backOff.next();
      this.failure = messageOf(error);
      this.#parts.logger.warn({ err: error, retryMs }, "queued records could not be sent, they are kept");
      // A producer that failed may have lost count of its sequence; a new one begins anew.
      await this.#dropProducer();
      return retryMs;
    }
  }

  async #send(records: readonly QueuedRecord[]): Promise<void> {
    const producer = await this.#connected();
    try {
      await sendWhole(producer, records);
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      // Some of the batch may be in the log already: at least once.
      for (const record of records) await this.#sendAlone(producer, record);
    }
  }

  async #sendAlone(producer: Producer, record: QueuedRecord): Promise<void> {
    try {
      await sendWhole(producer, [record]);
    } catch (error) {
      if (!isTooLarge(error) || record.value === null) throw error;
      const headers = { ...record.headers, [OMITTED_HEADER]: `${record.value.length} bytes, too large for the broker` };
      await sendWhole(producer, [{ ...record, value: null, headers }]);
    }
  }

  async #connected(): Promise<Producer> {
    if (this.#producer) return this.#producer;
    const producer = createProducer(this.#parts.kafka, {
      idempotent: true,
      maxInFlightRequests: 1,
      // The relay itself tries again, outside of the transaction.
      retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1000 },
    });
    await producer.connect();
    this.#producer = producer;
    return producer;
  }

  async #dropProducer(): Promise<void> {
    const producer = this.#producer;
    this.#producer = null;
    await producer?.disconnect().catch(() => {});
  }
}

/** kafkajs drops what is meant for a partition that the topic does not have, without a word: the key decides then. */
async function sendWhole(producer: Producer, records: readonly QueuedRecord[]): Promise<void> {
  const answers = await producer.sendBatch({ acks: -1, topicMessages: byTopic(records) });
  const answered = new Set(answers.map(({ topicName, partition }) => `${topicName}~${partition}`));
  const dropped = records.filter(
    ({ topic, partition }) => partition !== null && !answered.has(`${topic}~${partition}`),
  );
  if (dropped.length === 0) return;
  await producer.sendBatch({
    acks: -1,
    topicMessages: byTopic(dropped.map((record) => ({ ...record, partition: null }))),
  });
}

function byTopic(records: readonly QueuedRecord[]): TopicMessages[] {
  const topics = new Map<string, TopicMessages>();
  for (const { topic, partition, key, value, headers } of records) {
    const entry = topics.get(topic) ?? { topic, messages: [] };
    entry.messages.push({
      key: key && Buffer.from(key),
      value: value && Buffer.from(value),
      headers,
      ...(partition === null ? {} : { partition }),
    });
    topics.set(topic, entry);
  }
  return [...topics.values()];
}

const TOO_LARGE = new Set(["MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE"]);

function isTooLarge(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { type, cause } = error as { type?: unknown; cause?: unknown };
  return (typeof type === "string" && TOO_LARGE.has(type)) || isTooLarge(cause);
}
