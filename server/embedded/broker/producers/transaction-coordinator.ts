import { z } from "zod";
import type { Clock } from "../../../platform/clock.ts";
import type { Logger } from "../../../platform/logger.ts";
import type { OffsetStore } from "../groups/offset-store.ts";
import { JournalFile } from "../journal-file.ts";
import type { BatchHeader } from "../log/record-batch.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import type { TopicRegistry } from "../topics/topic-registry.ts";
import type { ProducerIds } from "./producer-ids.ts";

/** The epoch is 16 bits wide; before it runs over, the producer gets a new id. */
const EPOCH_MAX = 32_000;
const LINES_BEFORE_REWRITE = 50_000;

const Partition = z.object({ topic: z.string(), partition: z.number() });
const GroupOffset = z.object({
  group: z.string(),
  topic: z.string(),
  partition: z.number(),
  offset: z.number(),
  metadata: z.string().nullable(),
});
const Transaction = z.object({
  transactionalId: z.string(),
  producerId: z.number(),
  epoch: z.number(),
  timeoutMs: z.number(),
  state: z.enum(["idle", "open", "committing", "aborting"]),
  openedMs: z.number(),
  partitions: z.array(Partition),
  offsets: z.array(GroupOffset),
});
type Transaction = z.infer<typeof Transaction>;
type Partition = z.infer<typeof Partition>;
export type GroupOffset = z.infer<typeof GroupOffset>;

export type ProducerIdentity = { transactionalId: string; producerId: number; producerEpoch: number };
export type TransactionCoordinatorOptions = {
  path: string;
  clock: Clock;
  logger: Logger;
  producerIds: ProducerIds;
  topics: TopicRegistry;
  offsets: OffsetStore;
};

/**
 * Transactions across partitions and group offsets. The decision to commit or abort is journaled before the first
 * marker is written, and finished on the next start if this process dies in between; one that was still open then
 * is aborted and its producer fenced, because half of what it holds in memory is gone.
 */
export class TransactionCoordinator {
  readonly #options: TransactionCoordinatorOptions;
  readonly #journal: JournalFile;
  readonly #transactions = new Map<string, Transaction>();

  constructor(options: TransactionCoordinatorOptions) {
    this.#options = options;
    for (const line of JournalFile.read(options.path, options.logger)) {
      const transaction = Transaction.parse(line);
      this.#transactions.set(transaction.transactionalId, transaction);
    }
    this.#journal = new JournalFile(options.path);
    this.#journal.rewrite([...this.#transactions.values()]);
  }

  /** Finishes what was decided and aborts what was open when the last process ended. */
  recover(): void {
    for (const transaction of this.#transactions.values()) {
      if (transaction.state === "open") this.#fenceAndAbort(transaction);
      else if (transaction.state !== "idle") this.#finish(transaction);
    }
    this.#abortOrphans();
  }

  /** A producer that comes (again) under a transactional id: whatever went before it under that id is fenced. */
  init(transactionalId: string, timeoutMs: number): { producerId: number; producerEpoch: number } {
    const before = this.#transactions.get(transactionalId);
    if (before?.state === "open") this.#fenceAndAbort(before);
    else if (before && before.state !== "idle") this.#finish(before);
    const known = this.#transactions.get(transactionalId);
    const isFresh = !known || known.epoch >= EPOCH_MAX;
    const transaction: Transaction = {
      transactionalId,
      timeoutMs,
      producerId: isFresh ? this.#options.producerIds.next() : known.producerId,
      epoch: isFresh ? 0 : known.epoch + 1,
      state: "idle",
      openedMs: 0,
      partitions: [],
      offsets: [],
    };
    this.#store(transaction);
    return { producerId: transaction.producerId, producerEpoch: transaction.epoch };
  }

  addPartitions(producer: ProducerIdentity, partitions: readonly Partition[]): ErrorCode {
    const { transaction, errorCode } = this.#begin(producer);
    if (!transaction) return errorCode;
    for (const added of partitions) {
      if (!transaction.partitions.some((known) => isSamePartition(known, added))) transaction.partitions.push(added);
    }
    return ErrorCode.NONE;
  }

  addGroup(producer: ProducerIdentity): ErrorCode {
    return this.#begin(producer).errorCode;
  }

  addOffsets(producer: ProducerIdentity, offsets: readonly GroupOffset[]): ErrorCode {
    const { transaction, errorCode } = this.#find(producer);
    if (!transaction) return errorCode;
    if (transaction.state !== "open") return ErrorCode.INVALID_TXN_STATE;
    transaction.offsets.push(...offsets);
    return ErrorCode.NONE;
  }

  end(producer: ProducerIdentity, isCommit: boolean): ErrorCode {
    const { transaction, errorCode } = this.#find(producer);
    if (!transaction) return errorCode;
    const decision = isCommit ? "committing" : "aborting";
    if (transaction.state === "idle") return ErrorCode.NONE;
    if (transaction.state !== "open" && transaction.state !== decision) return ErrorCode.INVALID_TXN_STATE;
    if (transaction.state === "open") this.#store({ ...transaction, state: decision });
    return this.#finish(this.#transactions.get(transaction.transactionalId)!);
  }

  /** Whether a transactional batch may be written to a partition. */
  checkBatch(transactionalId: string | null, target: Partition, batch: BatchHeader): ErrorCode {
    if (transactionalId === null) return ErrorCode.INVALID_TXN_STATE;
    const { producerId, producerEpoch } = batch;
    const { transaction, errorCode } = this.#find({ transactionalId, producerId, producerEpoch });
    if (!transaction) return errorCode;
    const isPart = transaction.partitions.some((known) => isSamePartition(known, target));
    return transaction.state === "open" && isPart ? ErrorCode.NONE : ErrorCode.INVALID_TXN_STATE;
  }

  abortOverdue(): void {
    const nowMs = this.#options.clock();
    for (const transaction of this.#transactions.values()) {
      if (transaction.state === "open" && transaction.openedMs + transaction.timeoutMs < nowMs) {
        this.#fenceAndAbort(transaction);
      }
    }
  }

  compact(): void {
    if (this.#journal.lines > LINES_BEFORE_REWRITE) this.#journal.rewrite([...this.#transactions.values()]);
  }

  sync(onError: (error: Error) => void): void {
    this.#journal.sync(onError);
  }

  close(): void {
    this.#journal.close();
  }

  #find(producer: ProducerIdentity): { transaction: Transaction | null; errorCode: ErrorCode } {
    const transaction = this.#transactions.get(producer.transactionalId);
    if (!transaction || transaction.producerId !== producer.producerId) {
      return { transaction: null, errorCode: ErrorCode.INVALID_PRODUCER_ID_MAPPING };
    }
    if (transaction.epoch !== producer.producerEpoch) {
      return { transaction: null, errorCode: ErrorCode.INVALID_PRODUCER_EPOCH };
    }
    return { transaction, errorCode: ErrorCode.NONE };
  }

  /** The first partition or group opens the transaction; that is journaled, so that a crash cannot hide it. */
  #begin(producer: ProducerIdentity): { transaction: Transaction | null; errorCode: ErrorCode } {
    const { transaction, errorCode } = this.#find(producer);
    if (!transaction) return { transaction, errorCode };
    if (transaction.state === "open") return { transaction, errorCode };
    if (transaction.state !== "idle") return { transaction: null, errorCode: ErrorCode.INVALID_TXN_STATE };
    const opened: Transaction = { ...transaction, state: "open", openedMs: this.#options.clock() };
    this.#store(opened);
    return { transaction: opened, errorCode };
  }

  #fenceAndAbort(transaction: Transaction): void {
    const { topics } = this.#options;
    const { producerId } = transaction;
    // After a restart only the logs know where it wrote.
    const written = topics.all.flatMap(({ name, partitions }) =>
      partitions.flatMap((log, partition) =>
        log.openProducerIds.includes(producerId) ? [{ topic: name, partition }] : [],
      ),
    );
    this.#store({ ...transaction, epoch: transaction.epoch + 1, state: "aborting", partitions: written, offsets: [] });
    this.#finish(this.#transactions.get(transaction.transactionalId)!);
  }

  /** May be repeated after a failure in the middle: a second marker ends nothing, and changes nothing. */
  #finish(transaction: Transaction): ErrorCode {
    const { topics, offsets } = this.#options;
    const isCommit = transaction.state === "committing";
    const marker = { producerId: transaction.producerId, producerEpoch: transaction.epoch, isCommit };
    for (const { topic, partition } of transaction.partitions) {
      const errorCode = topics.partition(topic, partition)?.appendTransactionMarker(marker) ?? ErrorCode.NONE;
      if (errorCode !== ErrorCode.NONE) return errorCode;
    }
    if (isCommit) for (const { group, ...committed } of transaction.offsets) offsets.commit(group, [committed]);
    this.#store({ ...transaction, state: "idle", partitions: [], offsets: [] });
    return ErrorCode.NONE;
  }

  /** An open transaction nobody answers for would hold back every `read_committed` reader for ever. */
  #abortOrphans(): void {
    for (const { partitions } of this.#options.topics.all) {
      for (const log of partitions) {
        for (const producerId of log.openProducerIds) {
          log.appendTransactionMarker({ producerId, producerEpoch: log.epochOf(producerId), isCommit: false });
        }
      }
    }
  }

  #store(transaction: Transaction): void {
    this.#journal.append([transaction]);
    this.#transactions.set(transaction.transactionalId, transaction);
  }
}

function isSamePartition(left: Partition, right: Partition): boolean {
  return left.topic === right.topic && left.partition === right.partition;
}
