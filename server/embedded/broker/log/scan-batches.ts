import { readSync } from "node:fs";
import { BATCH_HEADER_BYTES, type BatchHeader, isIntact, readBatchHeader, readBatchSize } from "./record-batch.ts";

const WINDOW_BYTES = 1 << 20;

export type ScannedBatch = { position: number; header: BatchHeader; bytes: Buffer };

/**
 * The whole batches of a segment file from a position on, in order. It ends at the first that is torn, or whose
 * checksum is wrong where that is verified: what follows cannot be trusted.
 */
export function* scanBatches(
  file: number,
  range: { from: number; to: number; verify: boolean },
): Generator<ScannedBatch> {
  let window: Buffer = Buffer.alloc(0);
  let windowStart = range.from;
  let position = range.from;

  const load = (sizeBytes: number): boolean => {
    if (position + sizeBytes > range.to) return false;
    if (position + sizeBytes > windowStart + window.length) {
      window = readFully(file, position, Math.min(Math.max(sizeBytes, WINDOW_BYTES), range.to - position));
      windowStart = position;
    }
    return window.length >= position - windowStart + sizeBytes;
  };

  while (load(BATCH_HEADER_BYTES)) {
    const sizeBytes = readBatchSize(window, position - windowStart);
    if (sizeBytes < BATCH_HEADER_BYTES || !load(sizeBytes)) return;
    const at = position - windowStart;
    if (range.verify && !isIntact(window, at, at + sizeBytes)) return;
    const bytes = window.subarray(at, at + sizeBytes);
    yield { position, header: readBatchHeader(bytes), bytes };
    position += sizeBytes;
  }
}

export function readFully(file: number, position: number, sizeBytes: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(sizeBytes);
  const readBytes = readSync(file, bytes, 0, sizeBytes, position);
  return readBytes === sizeBytes ? bytes : bytes.subarray(0, readBytes);
}
