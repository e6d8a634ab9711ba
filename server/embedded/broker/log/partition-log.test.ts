import { readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type WriteAt, writeAt } from "../files.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import { aDirectory, anyTransaction, aPartitionLog, noTransaction } from "../testing/a-partition-log.ts";
import { aRecordBatch, type BatchWish, valuesIn, withChecksum } from "../testing/a-record-batch.ts";
import type { PartitionLog } from "./partition-log.ts";
import { readBatchHeader } from "./record-batch.ts";

function append(log: PartitionLog, wish: BatchWish = {}) {
  return log.append(aRecordBatch(wish), noTransaction);
}

/** As a consumer reads: on from where the last answer ended. */
function readAll(log: PartitionLog, bytesMax = 1_000_000): string[] {
  const values: string[] = [];
  for (let offset = log.startOffset; ; ) {
    const bytes = log.read(offset, bytesMax);
    if (!bytes) return values;
    values.push(...valuesIn(bytes));
    for (let at = 0; at < bytes.length; ) {
      const header = readBatchHeader(bytes, at);
      offset = header.lastOffset + 1;
      at += header.sizeBytes;
    }
  }
}

describe("reading", () => {
  test("gives everything back in order, for any batches, segment size and fetch size", () => {
    const anyBatches = fc.array(fc.array(fc.string({ maxLength: 200 }), { minLength: 1, maxLength: 20 }), {
      maxLength: 30,
    });
    const anySize = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(anyBatches, anySize, anySize, (batches, segmentBytes, bytesMax) => {
        const log = aPartitionLog({ config: { segmentBytes } });
        for (const values of batches) append(log, { values });
        expect(readAll(log, bytesMax)).toEqual(batches.flat());
        expect(log.endOffset).toBe(batches.flat().length);
        log.destroy();
      }),
      { numRuns: 60 },
    );
  });

  test("a batch larger than the limit still goes out whole", () => {
    const log = aPartitionLog();
    append(log, { values: ["small"] });
    append(log, { values: ["x".repeat(100_000)] });
    expect(valuesIn(log.read(1, 10)!)).toEqual(["x".repeat(100_000)]);
  });

  test("an offset inside a batch gives the batch that holds it", () => {
    const log = aPartitionLog();
    append(log, { values: ["a", "b", "c"] });
    append(log, { values: ["d"] });
    expect(valuesIn(log.read(2, 1_000)!)).toEqual(["a", "b", "c", "d"]);
    expect(log.read(4, 1_000)).toBeNull();
  });

  test("the first record not older than a time is found, across segments and single records", () => {
    const log = aPartitionLog({ config: { segmentBytes: 200 } });
    for (let index = 0; index < 10; index++) {
      append(log, { values: ["a", "b"], timestampMs: 1000 + index * 100, timestampStepMs: 50 });
    }
    expect(log.findByTime(0)).toEqual({ offset: 0, timestampMs: 1000 });
    expect(log.findByTime(1350)).toEqual({ offset: 7, timestampMs: 1350 });
    expect(log.findByTime(1351)).toEqual({ offset: 8, timestampMs: 1400 });
    expect(log.findByTime(1951)).toBeNull();
  });
});

describe("what may not be written", () => {
  const bent = (bend: (batch: Buffer) => void, wish?: BatchWish) => {
    const batch = aRecordBatch(wish);
    bend(batch);
    return batch;
  };

  test.each([
    ["a flipped bit", bent((batch) => batch.writeUInt8(batch[66]! ^ 1, 66)), ErrorCode.CORRUPT_MESSAGE],
    ["a batch that is cut off", aRecordBatch().subarray(0, -1), ErrorCode.CORRUPT_MESSAGE],
    ["a few bytes", Buffer.from("not a batch"), ErrorCode.CORRUPT_MESSAGE],
    ["an old message format", bent((batch) => batch.writeUInt8(1, 16)), ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT],
    ["two batches at once", Buffer.concat([aRecordBatch(), aRecordBatch()]), ErrorCode.INVALID_RECORD],
    ["a batch above the topic's limit", aRecordBatch({ values: ["x".repeat(5000)] }), ErrorCode.MESSAGE_TOO_LARGE],
    ["a wrong count", withChecksum(bent((batch) => batch.writeInt32BE(7, 57))), ErrorCode.INVALID_RECORD],
    [
      "a forged transaction marker",
      withChecksum(bent((batch) => batch.writeInt16BE(0x30, 21))),
      ErrorCode.INVALID_RECORD,
    ],
    ["an impossible time", withChecksum(bent((batch) => batch.fill(0x7f, 35, 43))), ErrorCode.INVALID_TIMESTAMP],
    [
      "a codec nobody knows",
      withChecksum(bent((batch) => batch.writeInt16BE(7, 21))),
      ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
    ],
    [
      "a transaction nobody began",
      aRecordBatch({ isTransactional: true, producerId: 1, producerEpoch: 0, baseSequence: 0 }),
      ErrorCode.INVALID_TXN_STATE,
    ],
  ])("%s is refused and leaves the log as it was", (_, batch, errorCode) => {
    const log = aPartitionLog({ config: { messageBytesMax: 4096 } });
    append(log, { values: ["before"] });
    expect(log.append(batch, noTransaction)).toMatchObject({ errorCode, baseOffset: -1 });
    expect(append(log, { values: ["after"] }).baseOffset).toBe(1);
    expect(readAll(log)).toEqual(["before", "after"]);
  });
});

test("a topic that stamps its records itself gives every batch the time of writing", () => {
  const log = aPartitionLog({ clock: () => 5_000_000, config: { timestampType: "LogAppendTime" } });
  expect(append(log, { timestampMs: 1 })).toMatchObject({ errorCode: ErrorCode.NONE, appendTimeMs: 5_000_000 });
  expect(log.findByTime(4_999_999)).toEqual({ offset: 0, timestampMs: 5_000_000 });
});

describe("idempotent producers", () => {
  const from = (baseSequence: number, values: string[], producerEpoch = 0) => ({
    values,
    baseSequence,
    producerEpoch,
    producerId: 42,
  });

  test("a repeated batch is answered with its first offset and not written again", () => {
    const log = aPartitionLog();
    append(log, from(0, ["a", "b"]));
    append(log, from(2, ["c"]));
    expect(append(log, from(0, ["a", "b"]))).toMatchObject({ errorCode: ErrorCode.NONE, baseOffset: 0 });
    expect(readAll(log)).toEqual(["a", "b", "c"]);
  });

  test("a gap in the sequence is refused", () => {
    const log = aPartitionLog();
    append(log, from(0, ["a"]));
    expect(append(log, from(2, ["c"])).errorCode).toBe(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(append(log, from(1, ["b"])).errorCode).toBe(ErrorCode.NONE);
  });

  test("an older epoch is fenced, a newer one begins at zero", () => {
    const log = aPartitionLog();
    append(log, from(0, ["a"], 1));
    expect(append(log, from(1, ["b"], 0)).errorCode).toBe(ErrorCode.INVALID_PRODUCER_EPOCH);
    expect(append(log, from(1, ["b"], 2)).errorCode).toBe(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(append(log, from(0, ["b"], 2)).errorCode).toBe(ErrorCode.NONE);
  });

  test("sequences go on at zero behind the largest", () => {
    const log = aPartitionLog();
    append(log, from(2 ** 31 - 2, ["a", "b"]));
    expect(append(log, from(0, ["c"])).errorCode).toBe(ErrorCode.NONE);
  });

  test.each([
    ["a crash", false],
    ["a clean stop", true],
  ])("repeats are still recognised after %s, also from sealed segments", (_, isClean) => {
    const directory = aDirectory();
    const log = aPartitionLog({ directory, config: { segmentBytes: 1 } });
    for (let sequence = 0; sequence < 8; sequence++) append(log, from(sequence, [String(sequence)]));
    if (isClean) log.close();
    const next = aPartitionLog({ directory, config: { segmentBytes: 1 } });
    expect(append(next, from(5, ["5"]))).toMatchObject({ errorCode: ErrorCode.NONE, baseOffset: 5 });
    expect(append(next, from(9, ["9"])).errorCode).toBe(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(append(next, from(8, ["8"])).baseOffset).toBe(8);
  });
});

describe("transactions", () => {
  const inTransaction = (values: string[], baseSequence: number) =>
    aRecordBatch({ values, baseSequence, isTransactional: true, producerId: 7, producerEpoch: 0 });

  test("a committed reader sees nothing behind the first open transaction", () => {
    const log = aPartitionLog();
    append(log, { values: ["before"] });
    log.append(inTransaction(["open"], 0), anyTransaction);
    append(log, { values: ["behind"] });
    expect(log.lastStableOffset).toBe(1);
    expect(valuesIn(log.read(0, 10_000, log.lastStableOffset)!)).toEqual(["before"]);
    log.appendTransactionMarker({ producerId: 7, producerEpoch: 0, isCommit: true });
    expect(log.lastStableOffset).toBe(4);
  });

  test.each([
    ["a crash", false],
    ["a clean stop", true],
  ])("open and aborted ones are known after %s", (_, isClean) => {
    const directory = aDirectory();
    const log = aPartitionLog({ directory, config: { segmentBytes: 1 } });
    log.append(inTransaction(["aborted"], 0), anyTransaction);
    log.appendTransactionMarker({ producerId: 7, producerEpoch: 0, isCommit: false });
    log.append(inTransaction(["open"], 1), anyTransaction);
    if (isClean) log.close();
    const next = aPartitionLog({ directory, config: { segmentBytes: 1 } });
    expect(next.openProducerIds).toEqual([7]);
    expect(next.lastStableOffset).toBe(2);
    expect(next.abortedTransactionsFrom(0)).toEqual([{ producerId: 7, firstOffset: 0, lastOffset: 1 }]);
  });
});

describe("retention", () => {
  test("by size drops whole segments, oldest first, and never the active one", () => {
    const log = aPartitionLog({ config: { segmentBytes: 1000, retentionBytes: 3000 } });
    for (let index = 0; index < 20; index++) append(log, { values: ["x".repeat(400)] });
    log.retain();
    expect(log.startOffset).toBeGreaterThan(0);
    expect(log.endOffset).toBe(20);
    expect(readAll(log).length).toBe(20 - log.startOffset);
    expect(readAll(log).length).toBeGreaterThanOrEqual(Math.floor(3000 / 470));
  });

  test("by time drops what is older, the active segment too, and goes on at the next offset", () => {
    let nowMs = 1_000_000;
    const directory = aDirectory();
    const log = aPartitionLog({ directory, clock: () => nowMs, config: { retentionMs: 60_000 } });
    append(log, { values: ["old"], timestampMs: nowMs });
    nowMs += 59_000;
    log.retain();
    expect(readAll(log)).toEqual(["old"]);
    nowMs += 2000;
    log.retain();
    expect(log.startOffset).toBe(1);
    expect(append(log, { values: ["new"], timestampMs: nowMs }).baseOffset).toBe(1);
    expect(readAll(log)).toEqual(["new"]);
  });

  test("what was stamped in the past is kept for its time from when it was written", () => {
    const nowMs = 1_000_000_000;
    const log = aPartitionLog({ clock: () => nowMs, config: { retentionMs: 60_000 } });
    append(log, { values: ["history"], timestampMs: 5 });
    log.retain();
    expect(readAll(log)).toEqual(["history"]);
  });

  test("the start and end of an emptied log survive a restart", () => {
    const directory = aDirectory();
    const log = aPartitionLog({ directory });
    append(log, { values: ["a", "b", "c"] });
    log.trim(2);
    expect(log.startOffset).toBe(2);
    log.close();
    const next = aPartitionLog({ directory });
    expect([next.startOffset, next.endOffset]).toEqual([2, 3]);
    next.trim(3);
    next.config = { ...next.config, retentionMs: 0 };
    next.retain();
    next.close();
    const last = aPartitionLog({ directory });
    expect([last.startOffset, last.endOffset]).toEqual([3, 3]);
    expect(append(last).baseOffset).toBe(3);
  });

  test("a segment takes its summary along", () => {
    const directory = aDirectory();
    const log = aPartitionLog({ directory, config: { segmentBytes: 1, retentionBytes: 1 } });
    for (let index = 0; index < 5; index++) append(log);
    log.retain();
    expect(readdirSync(directory)).toEqual(["00000000000000000004.log"]);
  });
});

describe("a disk that does not take it", () => {
  /** Takes half of each write and then fails, as a full disk does. */
  const fullDisk = () => {
    const disk = { isFull: false };
    const write: WriteAt = (file, bytes, position) => {
      if (!disk.isFull) return writeAt(file, bytes, position);
      writeAt(file, bytes.subarray(0, bytes.length / 2), position);
      throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC", syscall: "write" });
    };
    return { disk, write };
  };

  test("is told to the producer; the log ends at its last good batch and goes on when there is space", () => {
    const { disk, write } = fullDisk();
    const directory = aDirectory();
    const log = aPartitionLog({ directory, writeAt: write });
    append(log, { values: ["before"] });
    disk.isFull = true;
    expect(append(log, { values: ["lost"] })).toMatchObject({
      errorCode: ErrorCode.KAFKA_STORAGE_ERROR,
      baseOffset: -1,
    });
    expect(append(log, { values: ["lost too"] }).errorCode).toBe(ErrorCode.KAFKA_STORAGE_ERROR);
    expect(readAll(log)).toEqual(["before"]);
    disk.isFull = false;
    expect(append(log, { values: ["after"] }).baseOffset).toBe(1);
    expect(readAll(aPartitionLog({ directory }))).toEqual(["before", "after"]);
  });

  test("does not make an idempotent producer's retry a duplicate or a gap", () => {
    const { disk, write } = fullDisk();
    const log = aPartitionLog({ writeAt: write });
    const producer = { producerId: 9, producerEpoch: 0 };
    append(log, { ...producer, values: ["a"], baseSequence: 0 });
    disk.isFull = true;
    append(log, { ...producer, values: ["b"], baseSequence: 1 });
    disk.isFull = false;
    expect(append(log, { ...producer, values: ["b"], baseSequence: 1 })).toMatchObject({ errorCode: 0, baseOffset: 1 });
    expect(readAll(log)).toEqual(["a", "b"]);
  });
});
