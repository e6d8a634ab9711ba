import { BATCH_HEADER_BYTES, baseTimestampOf, hasAppendTime, readBatchHeader } from "./record-batch.ts";

export type TimedOffset = { offset: number; timestampMs: number };

const VARINT_BYTES_MAX = 10;

/**
 * The first record of a batch that is not older than a time. Compressed records are not unpacked: for those the
 * start of the batch is the answer, which is never too late. Records that do not parse are answered the same way,
 * because a producer's broken records must not fail the asking client.
 */
export function findRecordByTime(batch: Buffer, timestampMs: number): TimedOffset | null {
  const header = readBatchHeader(batch);
  if (header.isControl || header.timestampMaxMs < timestampMs) return null;
  const startOfBatch = { offset: header.baseOffset, timestampMs: header.timestampMaxMs };
  if (header.isCompressed || hasAppendTime(batch, 0)) return startOfBatch;

  const baseTimestampMs = baseTimestampOf(batch, 0);
  let at = BATCH_HEADER_BYTES;
  for (let index = 0; index < header.recordCount; index++) {
    const length = readVarint(batch, at);
    const timestampDelta = length && readVarint(batch, length.end + 1);
    const offsetDelta = timestampDelta && readVarint(batch, timestampDelta.end);
    if (!length || !offsetDelta || length.value < 0) return startOfBatch;
    const recordTimestampMs = baseTimestampMs + timestampDelta.value;
    if (recordTimestampMs >= timestampMs) {
      return { offset: header.baseOffset + offsetDelta.value, timestampMs: recordTimestampMs };
    }
    at = length.end + length.value;
  }
  return startOfBatch;
}

/** Zigzag-coded, as all lengths and deltas inside a record. */
function readVarint(bytes: Buffer, from: number): { value: number; end: number } | null {
  let raw = 0;
  for (let index = 0; index < VARINT_BYTES_MAX; index++) {
    const byte = bytes[from + index];
    if (byte === undefined) return null;
    raw += (byte & 0x7f) * 2 ** (7 * index);
    if ((byte & 0x80) === 0) return { value: raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2, end: from + index + 1 };
  }
  return null;
}
