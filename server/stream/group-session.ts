import type { Admin, Consumer, EachBatchPayload } from "kafkajs";
import { lineAssigner } from "./assigner.ts";
import type { LaneOptions, LaneTiming } from "./consume.ts";
import { messageOf } from "./retry.ts";

const FETCH_BYTES_MAX = 6 << 20;

type Handlers = {
  /** Names of the lines that this process holds, told to the group with each join. */
  held(): Iterable<string>;
  joined(assignment: Record<string, number[]>): void;
  chunk(payload: EachBatchPayload): Promise<void>;
};

/**
 * The membership in the consumer group: joined anew with back-off after a crash, and when the topics of the lane
 * change. Its consumers come and go; the lines do not notice.
 */
export class GroupSession {
  /** Why nothing is read at the moment, in words for an operator. */
  fault: string | null = null;
  topics: readonly string[] = [];
  /** How many partitions each topic had when the group was joined: kafkajs notices added ones minutes later. */
  #partitions = "";
  #consumer: Consumer | null = null;
  #wanted = false;
  #retryMs: number;
  #lifecycle: Promise<void> = Promise.resolve();
  #reopening: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: LaneOptions,
    private readonly timing: LaneTiming,
    private readonly admin: Admin,
    private readonly handlers: Handlers,
  ) {
    this.#retryMs = timing.retryMs;
  }

  /** Returns after the first attempt; a broker that is away is tried again. */
  open(): Promise<void> {
    this.#wanted = true;
    return this.#inOrder(() => this.#open());
  }

  close(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#reopening);
    return this.#inOrder(() => this.#disconnect());
  }

  /** Looks for topics that have come or gone. */
  async refreshTopics(): Promise<void> {
    if (this.fault !== null) return; // it is being opened again, which looks as well
    const topics = await this.options.topics(await this.admin.listTopics());
    const known = new Set(this.topics);
    const isSame = topics.length === known.size && topics.every((topic) => known.has(topic));
    if (isSame && (await this.#countPartitions(topics)) === this.#partitions) return;
    this.options.logger.info({ topics }, "the topics of the lane have changed");
    await this.#inOrder(async () => {
      await this.#disconnect();
      await this.#open();
    });
  }

  /** A consumer that has just crashed refuses; the next join sets everything again. */
  withConsumer(action: (consumer: Consumer) => void): void {
    try {
      if (this.#consumer) action(this.#consumer);
    } catch (error) {
      this.options.logger.debug({ err: error }, "the consumer is not running");
    }
  }

  async #open(): Promise<void> {
    if (!this.#wanted) return;
    try {
      await this.admin.connect();
      this.topics = await this.options.topics(await this.admin.listTopics());
      this.fault = null;
      this.#partitions = await this.#countPartitions(this.topics);
      if (this.topics.length > 0) await this.#join([...this.topics]);
      if (this.fault === null) this.#retryMs = this.timing.retryMs;
    } catch (error) {
      await this.#disconnect();
      this.#failed("the broker cannot be reached", error);
    }
  }

  async #countPartitions(topics: readonly string[]): Promise<string> {
    if (topics.length === 0) return "";
    const metadata = await this.admin.fetchTopicMetadata({ topics: [...topics] });
    const counts = metadata.topics.map(({ name, partitions }) => `${name} ${partitions.length}`);
    return counts.sort().join(", ");
  }

  async #join(topics: string[]): Promise<void> {
    const { kafka, groupId, lineOf } = this.options;
    const { sessionTimeoutMs, fetchWaitMs, fetchBytesMin, partitionBytesMax, concurrentChunks } = this.timing;
    const consumer = kafka.consumer({
      groupId,
      partitionAssigners: [lineAssigner(lineOf, () => this.handlers.held())],
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: sessionTimeoutMs / 5,
      rebalanceTimeout: 30_000,
      minBytes: fetchBytesMin,
      maxWaitTimeInMs: fetchWaitMs,
      maxBytesPerPartition: partitionBytesMax,
      maxBytes: FETCH_BYTES_MAX,
      // Started again from here, where it is seen, and after every kind of crash.
      retry: { retries: 5, restartOnFailure: async () => false },
    });
    this.#consumer = consumer;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      if (consumer === this.#consumer) this.handlers.joined(payload.memberAssignment);
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (consumer !== this.#consumer || !this.#wanted) return;
      this.#consumer = null;
      this.#failed("reading from the broker failed", payload.error);
    });
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: concurrentChunks,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => this.handlers.chunk(payload),
    });
  }

  #failed(what: string, error: unknown): void {
    this.fault = `${what}: ${messageOf(error)}`;
    this.options.logger.error({ err: error, retryMs: this.#retryMs }, `${what}, tried again`);
    if (!this.#wanted) return;
    clearTimeout(this.#reopening);
    this.#reopening = setTimeout(() => void this.#inOrder(() => this.#open()), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, this.timing.retryMsMax);
  }

  async #disconnect(): Promise<void> {
    const consumer = this.#consumer;
    this.#consumer = null;
    await consumer?.disconnect().catch((error: unknown) => {
      this.options.logger.warn({ err: error }, "the consumer group was not left cleanly");
    });
  }

  #inOrder(work: () => Promise<void>): Promise<void> {
    this.#lifecycle = this.#lifecycle.then(work);
    return this.#lifecycle;
  }
}
