import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../../platform/clock.ts";
import type { Logger } from "../../../platform/logger.ts";
import { readFileIfThere, type WriteAt, writeAt, writeFileAtomically } from "../files.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import type { TimedOffset } from "./find-record.ts";
import type { PartitionConfig } from "./partition-config.ts";
import { ProducerStates } from "./producer-states.ts";
import {
  assignOffset,
  type BatchHeader,
  checkProducedBatch,
  createTransactionMarker,
  isCommitMarker,
  readBatchHeader,
  stampAppendTime,
} from "./record-batch.ts";
import type { Segment } from "./segment.ts";
import { SegmentList } from "./segment-list.ts";
import { type AbortedTransaction, TransactionIndex } from "./transaction-index.ts";

/** A producer that was silent for this long is forgotten, as with Apache Kafka. */
const PRODUCER_SILENCE_MS_MAX = 24 * 3_600_000;
const START_FILE = "log-start";

export type PartitionLogOptions = {
  directory: string;
  config: PartitionConfig;
  clock: Clock;
  logger: Logger;
  /** Replaced only by a test of what a full disk does. */
  writeAt?: WriteAt;
};

/** `baseOffset` is -1 after an error; `appendTimeMs` is -1 unless the topic stamps its records itself. */
export type AppendResult = { errorCode: ErrorCode; baseOffset: number; appendTimeMs: number };

/**
 * The log of one partition: batches exactly as they were produced, in segment files. What `append` accepted is in
 * the page cache when it returns, so it outlives this process; `sync` asks for the disk.
 */
export class PartitionLog {
  config: PartitionConfig;
  readonly #options: PartitionLogOptions;
  readonly #segments: SegmentList;
  readonly #producers = new ProducerStates();
  readonly #transactions = new TransactionIndex();
  readonly #watchers = new Set<(appendedBytes: number) => void>();
  #trimmedTo: number;
  #isStorageFailing = false;

  constructor(options: PartitionLogOptions) {
    this.#options = options;
    this.config = options.config;
    mkdirSync(options.directory, { recursive: true });
    this.#trimmedTo = Number(readFileIfThere(join(options.directory, START_FILE)) ?? 0);
    this.#segments = new SegmentList({
      directory: options.directory,
      logger: options.logger,
      writeAt: options.writeAt ?? writeAt,
      state: {
        snapshot: () => ({ producers: this.#producers.snapshot(), transactions: this.#transactions.snapshot() }),
        restore: ({ producers, transactions }) => {
          this.#producers.restore(producers, options.clock());
          this.#transactions.restore(transactions);
        },
        note: (bytes) => this.#note(bytes),
      },
    });
    this.#segments.open(this.#trimmedTo);
  }

  get startOffset(): number {
    return Math.max(this.#trimmedTo, this.#segments.first.baseOffset);
  }

  get endOffset(): number {
    return this.#segments.active.nextOffset;
  }

  /** What a `read_committed` reader may see ends here. */
  get lastStableOffset(): number {
    return this.#transactions.lastStableOffset(this.endOffset);
  }

  get openProducerIds(): number[] {
    return this.#transactions.openProducerIds;
  }

  abortedTransactionsFrom(offset: number): AbortedTransaction[] {
    return this.#transactions.abortedFrom(offset);
  }

  /** The epoch in which a producer last wrote here. */
  epochOf(producerId: number): number {
    return this.#producers.epochOf(producerId);
  }

  /** `checkTransaction` is asked about transactional batches only. The batch is written into: its offset is set. */
  append(batch: Buffer, checkTransaction: (header: BatchHeader) => ErrorCode): AppendResult {
    const errorCode = checkProducedBatch(batch, this.config.messageBytesMax);
    if (errorCode !== ErrorCode.NONE) return refused(errorCode);
    const header = readBatchHeader(batch);
    const transactionErrorCode = header.isTransactional ? checkTransaction(header) : ErrorCode.NONE;
    if (transactionErrorCode !== ErrorCode.NONE) return refused(transactionErrorCode);
    const verdict = this.#producers.check(header);
    if (verdict.kind === "refused") return refused(verdict.errorCode);
    if (verdict.kind === "duplicate") {
      return { errorCode: ErrorCode.NONE, baseOffset: verdict.baseOffset, appendTimeMs: -1 };
    }
    const appendTimeMs = this.config.timestampType === "LogAppendTime" ? this.#options.clock() : -1;
    if (appendTimeMs >= 0) stampAppendTime(batch, appendTimeMs);
    return this.#write(batch, appendTimeMs);
  }

  appendTransactionMarker(marker: { producerId: number; producerEpoch: number; isCommit: boolean }): ErrorCode {
    return this.#write(createTransactionMarker({ ...marker, nowMs: this.#options.clock() }), -1).errorCode;
  }

  read(offset: number, bytesMax: number, limitOffset = Number.MAX_SAFE_INTEGER): Buffer | null {
    if (offset >= Math.min(this.endOffset, limitOffset)) return null;
    return this.#segments.read(offset, bytesMax, limitOffset);
  }

  /** The first record not older than a time; null if there is none. */
  findByTime(timestampMs: number): TimedOffset | null {
    const found = this.#segments.findByTime(timestampMs, this.startOffset);
    return found && { ...found, offset: Math.max(found.offset, this.startOffset) };
  }

  /** Deletes what the topic's retention no longer keeps: whole segments, oldest first. */
  retain(): void {
    const nowMs = this.#options.clock();
    this.#producers.forgetUnseenSince(nowMs - PRODUCER_SILENCE_MS_MAX);
    while (this.#mayDelete(this.#segments.first, nowMs)) this.#segments.dropFirst();
    this.#transactions.forgetBefore(this.startOffset);
  }

  /** Records below `offset` are gone for every reader at once, and from the disk with their segment. */
  trim(offset: number): void {
    const trimmedTo = Math.max(this.startOffset, offset);
    writeFileAtomically(join(this.#options.directory, START_FILE), String(trimmedTo));
    this.#trimmedTo = trimmedTo;
    this.retain();
  }

  /** Calls back with the bytes of each append, and with infinity when the log is deleted. Returns how to stop that. */
  watch(watcher: (appendedBytes: number) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  sync(): void {
    this.#segments.sync();
  }

  close(): void {
    this.#segments.close();
  }

  destroy(): void {
    this.#segments.abandon();
    rmSync(this.#options.directory, { recursive: true, force: true });
    this.#tell(Infinity);
  }

  #write(batch: Buffer, appendTimeMs: number): AppendResult {
    assignOffset(batch, this.endOffset);
    const header = readBatchHeader(batch);
    try {
      if (this.#segments.active.sizeBytes >= this.config.segmentBytes) this.#segments.roll();
      this.#segments.active.append(batch, header, this.#options.clock());
    } catch (error) {
      this.#reportStorage(error);
      return refused(ErrorCode.KAFKA_STORAGE_ERROR);
    }
    this.#reportStorage(null);
    this.#note(batch);
    this.#tell(batch.length);
    return { errorCode: ErrorCode.NONE, baseOffset: header.baseOffset, appendTimeMs };
  }

  #note(batch: Buffer): void {
    const header = readBatchHeader(batch);
    this.#producers.note(header, this.#options.clock());
    this.#transactions.note(header, header.isControl && isCommitMarker(batch, 0));
  }

  #mayDelete(segment: Segment, nowMs: number): boolean {
    const { retentionMs, retentionBytes } = this.config;
    const isActive = segment === this.#segments.active;
    const isOld = retentionMs >= 0 && segment.sizeBytes > 0 && segment.youngestMs < nowMs - retentionMs;
    if (isActive) {
      if (isOld) this.#segments.roll();
      return isOld;
    }
    const isOverSize = retentionBytes >= 0 && this.#segments.sizeBytes - segment.sizeBytes >= retentionBytes;
    return isOld || isOverSize || segment.nextOffset <= this.#trimmedTo;
  }

  #tell(appendedBytes: number): void {
    for (const watcher of [...this.#watchers]) watcher(appendedBytes);
  }

  /** Once when it begins and once when it ends: a full disk would otherwise fill the log file, too. */
  #reportStorage(error: unknown): void {
    const isFailing = error !== null;
    if (isFailing === this.#isStorageFailing) return;
    this.#isStorageFailing = isFailing;
    const { logger, directory } = this.#options;
    if (isFailing) logger.error({ directory, err: error }, "cannot write to the log of a partition");
    else logger.info({ directory }, "the log of a partition can be written again");
  }
}

function refused(errorCode: ErrorCode): AppendResult {
  return { errorCode, baseOffset: -1, appendTimeMs: -1 };
}
