import type { Clock } from "../../../platform/clock.ts";
import type { Logger } from "../../../platform/logger.ts";
import type { OffsetStore } from "../groups/offset-store.ts";
import type { BatchHeader } from "../log/record-batch.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import type { TopicRegistry } from "../topics/topic-registry.ts";
import type { ProducerIds } from "./producer-ids.ts";
import {
  type GroupOffset,
  isSamePartition,
  type Partition,
  type Transaction,
  withOffsets,
  withPartitions,
} from "./transaction.ts";
import { TransactionStore } from "./transaction-store.ts";

/** The epoch is 16 bits wide; before it runs over, the producer gets a new id. */
const EPOCH_MAX = 32_000;
/** An id that nobody used for this long is forgotten, as with Apache Kafka. */
const UNUSED_MS_MAX = 7 * 24 * 3_600_000;

export type ProducerIdentity = { transactionalId: string; producerId: number; producerEpoch: number };
export type InitRequest = ProducerIdentity & { timeoutMs: number };
export type InitResult = { errorCode: ErrorCode; producerId: number; producerEpoch: number };
export type TransactionCoordinatorOptions = {
  path: string;
  clock: Clock;
  logger: Logger;
  producerIds: ProducerIds;
  topics: TopicRegistry;
  offsets: OffsetStore;
};

type Found = { transaction: Transaction; errorCode: 0 } | { transaction: null; errorCode: ErrorCode };

/**
 * Transactions across partitions and group offsets. All that a transaction holds is journaled before it is answered,
 * so one that is open when this process dies goes on with its successor; so is the decision to commit or abort,
 * before the first marker is written: what a crash cut in half is finished on the next start.
 */
export class TransactionCoordinator {
  readonly #options: TransactionCoordinatorOptions;
  readonly #store: TransactionStore;

  constructor(options: TransactionCoordinatorOptions) {
    this.#options = options;
    this.#store = new TransactionStore(options.path, options.logger);
  }

  recover(): void {
    for (const transaction of this.#store.all) if (transaction.state !== "open") this.#settle(transaction);
    this.#abortOrphans();
  }

  /**
   * A producer that comes (again) under a transactional id: whatever went before it under that id is fenced. One that
   * names itself (id and epoch, else -1) only wants its own next epoch, and is refused if another came meanwhile.
   */
  init({ transactionalId, timeoutMs, producerId, producerEpoch }: InitRequest): InitResult {
    const before = this.#store.get(transactionalId);
    const isStranger = before && (before.producerId !== producerId || before.epoch !== producerEpoch);
    if (producerId >= 0 && isStranger) return refusedInit(ErrorCode.INVALID_PRODUCER_EPOCH);
    if (before) this.#settle(before);
    const known = this.#store.get(transactionalId);
    const isFresh = !known || known.epoch >= EPOCH_MAX;
    const transaction = this.#store.save({
      transactionalId,
      timeoutMs,
      producerId: isFresh ? this.#options.producerIds.next() : known.producerId,
      epoch: isFresh ? 0 : known.epoch + 1,
      state: "idle",
      lastOutcome: null,
      openedMs: 0,
      usedMs: this.#options.clock(),
      partitions: [],
      offsets: [],
    });
    return { errorCode: ErrorCode.NONE, producerId: transaction.producerId, producerEpoch: transaction.epoch };
  }

  addPartitions(producer: ProducerIdentity, partitions: readonly Partition[]): ErrorCode {
    const { transaction, errorCode } = this.#begin(producer);
    if (transaction) this.#store.save(withPartitions(transaction, partitions));
    return errorCode;
  }

  addGroup(producer: ProducerIdentity): ErrorCode {
    const { transaction, errorCode } = this.#begin(producer);
    if (transaction) this.#store.save(transaction);
    return errorCode;
  }

  addOffsets(producer: ProducerIdentity, offsets: readonly GroupOffset[]): ErrorCode {
    const { transaction, errorCode } = this.#find(producer);
    if (!transaction) return errorCode;
    if (transaction.state !== "open") return ErrorCode.INVALID_TXN_STATE;
    this.#store.save(withOffsets(transaction, offsets));
    return ErrorCode.NONE;
  }

  end(producer: ProducerIdentity, isCommit: boolean): ErrorCode {
    const { transaction, errorCode } = this.#find(producer);
    if (!transaction) return errorCode;
    if (transaction.state === "idle") {
      const isRepeated = transaction.lastOutcome === (isCommit ? "committed" : "aborted");
      return isRepeated ? ErrorCode.NONE : ErrorCode.INVALID_TXN_STATE;
    }
    const decision = isCommit ? "committing" : "aborting";
    if (transaction.state === "open") return this.#finish(this.#store.save({ ...transaction, state: decision }));
    return transaction.state === decision ? this.#finish(transaction) : ErrorCode.INVALID_TXN_STATE;
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

  /** Whether an offset of a group waits for a transaction to end: until then nobody can say where the group is. */
  isUnstable(group: string, target: Partition): boolean {
    return this.#store.all.some(({ offsets }) =>
      offsets.some((offset) => offset.group === group && isSamePartition(offset, target)),
    );
  }

  /** Aborts what its producer forgot, and finishes what a full disk kept from being finished. */
  tidy(): void {
    const nowMs = this.#options.clock();
    for (const transaction of this.#store.all) {
      const isOverdue = transaction.openedMs + transaction.timeoutMs < nowMs;
      if (transaction.state !== "open" || isOverdue) this.#settle(transaction);
    }
    this.#store.forgetUnusedSince(nowMs - UNUSED_MS_MAX);
    this.#store.compact();
  }

  sync(onError: (error: Error) => void): void {
    this.#store.sync(onError);
  }

  close(): void {
    this.#store.close();
  }

  #find(producer: ProducerIdentity): Found {
    const transaction = this.#store.get(producer.transactionalId);
    if (!transaction || transaction.producerId !== producer.producerId) {
      return { transaction: null, errorCode: ErrorCode.INVALID_PRODUCER_ID_MAPPING };
    }
    if (transaction.epoch !== producer.producerEpoch) {
      return { transaction: null, errorCode: ErrorCode.INVALID_PRODUCER_EPOCH };
    }
    return { transaction, errorCode: ErrorCode.NONE };
  }

  /** The first partition or group opens the transaction. Who calls it saves what it returns. */
  #begin(producer: ProducerIdentity): Found {
    const found = this.#find(producer);
    if (!found.transaction || found.transaction.state === "open") return found;
    if (found.transaction.state !== "idle") return { transaction: null, errorCode: ErrorCode.INVALID_TXN_STATE };
    const transaction: Transaction = { ...found.transaction, state: "open", openedMs: this.#options.clock() };
    return { transaction, errorCode: ErrorCode.NONE };
  }

  #settle(transaction: Transaction): void {
    if (transaction.state === "open") this.#fenceAndAbort(transaction);
    else if (transaction.state !== "idle") this.#finish(transaction);
  }

  #fenceAndAbort(transaction: Transaction): void {
    this.#finish(this.#store.save({ ...transaction, epoch: transaction.epoch + 1, state: "aborting", offsets: [] }));
  }

  /** May be repeated after a failure in the middle: a second marker ends nothing, and changes nothing. */
  #finish(transaction: Transaction): ErrorCode {
    const { topics, offsets, clock } = this.#options;
    const isCommit = transaction.state === "committing";
    const marker = { producerId: transaction.producerId, producerEpoch: transaction.epoch, isCommit };
    for (const { topic, partition } of transaction.partitions) {
      const errorCode = topics.partition(topic, partition)?.appendTransactionMarker(marker) ?? ErrorCode.NONE;
      if (errorCode !== ErrorCode.NONE) return errorCode;
    }
    if (isCommit) for (const { group, ...committed } of transaction.offsets) offsets.commit(group, [committed]);
    const lastOutcome = isCommit ? "committed" : "aborted";
    const ended = { state: "idle", lastOutcome, usedMs: clock(), partitions: [], offsets: [] } as const;
    this.#store.save({ ...transaction, ...ended, partitions: [], offsets: [] });
    return ErrorCode.NONE;
  }

  /**
   * Records of a transaction that the journal knows nothing of: a machine that failed kept the log and lost the
   * journal's last lines. They would hold back every `read_committed` reader for ever, and what is left of their
   * transaction is half of it.
   */
  #abortOrphans(): void {
    for (const { name, partitions } of this.#options.topics.all) {
      for (const [partition, log] of partitions.entries()) {
        for (const producerId of log.openProducerIds) {
          const open = this.#store.all.find((known) => known.state === "open" && known.producerId === producerId);
          if (open?.partitions.some((known) => isSamePartition(known, { topic: name, partition }))) continue;
          if (open) this.#fenceAndAbort(open);
          log.appendTransactionMarker({ producerId, producerEpoch: log.epochOf(producerId), isCommit: false });
        }
      }
    }
  }
}

function refusedInit(errorCode: ErrorCode): InitResult {
  return { errorCode, producerId: -1, producerEpoch: -1 };
}
