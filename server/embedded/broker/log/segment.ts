import { closeSync, constants, fdatasync, fstatSync, fsyncSync, ftruncateSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { WriteAt } from "../files.ts";
import { findRecordByTime, type TimedOffset } from "./find-record.ts";
import { BATCH_HEADER_BYTES, type BatchHeader, readBatchHeader } from "./record-batch.ts";
import { readFully, type ScannedBatch, scanBatches } from "./scan-batches.ts";
import { SparseIndex, type SparseIndexEntries } from "./sparse-index.ts";

const SUFFIX = ".log";

export type SegmentSummary = {
  sizeBytes: number;
  nextOffset: number;
  timestampMaxMs: number;
  index: SparseIndexEntries;
};

/** One file of a partition: record batches one after the other, named by the offset of the first. */
export class Segment {
  readonly baseOffset: number;
  readonly path: string;
  readonly #file: number;
  readonly #writeAt: WriteAt;
  #index = new SparseIndex();
  #sizeBytes = 0;
  #timestampMaxMs = -1;
  #writtenMs = 0;
  #nextOffset: number;
  #isDirty = false;
  #hasTornTail = false;

  constructor(directory: string, baseOffset: number, writeAt: WriteAt) {
    this.baseOffset = baseOffset;
    this.#nextOffset = baseOffset;
    this.path = join(directory, String(baseOffset).padStart(20, "0") + SUFFIX);
    // Not append mode: a write after a failed one must land where the last good batch ends.
    this.#file = openSync(this.path, constants.O_RDWR | constants.O_CREAT, 0o644);
    this.#writeAt = writeAt;
  }

  /** The base offset that a file name stands for; null for any other file. */
  static baseOffsetOf(fileName: string): number | null {
    return /^\d{20}\.log$/.test(fileName) ? Number(fileName.slice(0, -SUFFIX.length)) : null;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get nextOffset(): number {
    return this.#nextOffset;
  }

  /**
   * When the youngest record was made or written, whichever is later: what is stamped in the past (a replayed history,
   * a simulated world) is not deleted before anyone could read it. Apache Kafka goes by the stamp alone.
   */
  get youngestMs(): number {
    return Math.max(this.#timestampMaxMs, this.#writtenMs);
  }

  get summary(): SegmentSummary {
    return {
      sizeBytes: this.#sizeBytes,
      nextOffset: this.#nextOffset,
      timestampMaxMs: this.#timestampMaxMs,
      index: this.#index.entries,
    };
  }

  /** Takes the summary instead of reading the file; false if the file is not the one it was made of. */
  restore(summary: SegmentSummary): boolean {
    const { size, mtimeMs } = fstatSync(this.#file);
    if (size !== summary.sizeBytes) return false;
    this.#writtenMs = mtimeMs;
    this.#sizeBytes = summary.sizeBytes;
    this.#nextOffset = summary.nextOffset;
    this.#timestampMaxMs = summary.timestampMaxMs;
    this.#index = new SparseIndex(summary.index);
    return true;
  }

  /** Reads the file from its start, tells each good batch, cuts off what follows them. Returns the bytes cut. */
  recover(onBatch: (batch: ScannedBatch) => void): number {
    const { size: fileBytes, mtimeMs } = fstatSync(this.#file);
    this.#writtenMs = mtimeMs;
    for (const batch of scanBatches(this.#file, { from: 0, to: fileBytes, verify: true })) {
      if (batch.header.baseOffset !== this.#nextOffset) break;
      this.#note(batch.header);
      onBatch(batch);
    }
    if (this.#sizeBytes < fileBytes) ftruncateSync(this.#file, this.#sizeBytes);
    return fileBytes - this.#sizeBytes;
  }

  /** In the page cache when it returns: safe from the death of this process. Throws with the file as it was before. */
  append(batch: Buffer, header: BatchHeader, nowMs: number): void {
    if (this.#hasTornTail) this.#cutTornTail();
    try {
      this.#writeAt(this.#file, batch, this.#sizeBytes);
    } catch (error) {
      this.#hasTornTail = true;
      this.#cutTornTail();
      throw error;
    }
    this.#note(header);
    this.#writtenMs = nowMs;
    this.#isDirty = true;
  }

  /**
   * Whole batches from the one that holds `offset` on, below `limitOffset`. At least one, however large it is, so
   * that a reader always gets on; then as many as fit `bytesMax`. Null if there is none.
   */
  read(offset: number, bytesMax: number, limitOffset: number): Buffer | null {
    const position = this.#index.positionBeforeOffset(offset);
    const windowBytes = SparseIndex.intervalBytes + BATCH_HEADER_BYTES + Math.max(bytesMax, 0);
    const window = readFully(this.#file, position, Math.min(windowBytes, this.#sizeBytes - position));
    let start = -1;
    let at = 0;
    while (at + BATCH_HEADER_BYTES <= window.length) {
      const { sizeBytes, baseOffset, lastOffset } = readBatchHeader(window, at);
      if (baseOffset >= limitOffset) break;
      if (lastOffset >= offset && start < 0) {
        start = at;
        // The first goes out whole even if it is larger than the window.
        if (at + sizeBytes > window.length) return readFully(this.#file, position + at, sizeBytes);
      } else if (start >= 0 && at + sizeBytes - start > bytesMax) break;
      at += sizeBytes;
    }
    return start < 0 ? null : window.subarray(start, at);
  }

  findByTime(timestampMs: number, fromOffset: number): TimedOffset | null {
    if (this.#timestampMaxMs < timestampMs) return null;
    const from = this.#index.positionBeforeTime(timestampMs);
    for (const { header, bytes } of scanBatches(this.#file, { from, to: this.#sizeBytes, verify: false })) {
      const found = header.lastOffset < fromOffset ? null : findRecordByTime(bytes, timestampMs);
      if (found) return found;
    }
    return null;
  }

  /** Asks for the disk; returns at once, a failure is reported. */
  sync(onError: (error: Error) => void): void {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    fdatasync(this.#file, (error) => {
      if (error) onError(error);
    });
  }

  close(): void {
    if (this.#isDirty) fsyncSync(this.#file);
    closeSync(this.#file);
  }

  delete(): void {
    closeSync(this.#file);
    rmSync(this.path, { force: true });
  }

  #cutTornTail(): void {
    ftruncateSync(this.#file, this.#sizeBytes);
    this.#hasTornTail = false;
  }

  #note(header: BatchHeader): void {
    this.#index.note(header, this.#sizeBytes, this.#timestampMaxMs);
    this.#sizeBytes += header.sizeBytes;
    this.#nextOffset = header.lastOffset + 1;
    this.#timestampMaxMs = Math.max(this.#timestampMaxMs, header.timestampMaxMs);
  }
}
