import { ErrorCode } from "../protocol/error-codes.ts";
import { crc32c } from "./crc32c.ts";

/** Bytes of a record batch before its records; the stored format is exactly the one on the wire. */
export const BATCH_HEADER_BYTES = 61;
/** The size field counts what follows it. */
const SIZE_FIELD_END = 12;
const MAGIC = 2;
const COMPRESSION_MASK = 0x07;
const COMPRESSION_MAX = 4;
const LOG_APPEND_TIME_BIT = 0x08;
const TRANSACTIONAL_BIT = 0x10;
const CONTROL_BIT = 0x20;

const AT = {
  baseOffset: 0,
  size: 8,
  leaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  recordCount: 57,
} as const;

export type BatchHeader = {
  sizeBytes: number;
  baseOffset: number;
  lastOffset: number;
  timestampMaxMs: number;
  producerId: number;
  producerEpoch: number;
  baseSequence: number;
  recordCount: number;
  isCompressed: boolean;
  isTransactional: boolean;
  isControl: boolean;
};

export function readBatchHeader(bytes: Buffer, at = 0): BatchHeader {
  const baseOffset = readInt64(bytes, at + AT.baseOffset);
  const attributes = bytes.readInt16BE(at + AT.attributes);
  return {
    sizeBytes: readBatchSize(bytes, at),
    baseOffset,
    lastOffset: baseOffset + bytes.readInt32BE(at + AT.lastOffsetDelta),
    timestampMaxMs: readInt64(bytes, at + AT.maxTimestamp),
    producerId: readInt64(bytes, at + AT.producerId),
    producerEpoch: bytes.readInt16BE(at + AT.producerEpoch),
    baseSequence: bytes.readInt32BE(at + AT.baseSequence),
    recordCount: bytes.readInt32BE(at + AT.recordCount),
    isCompressed: (attributes & COMPRESSION_MASK) !== 0,
    isTransactional: (attributes & TRANSACTIONAL_BIT) !== 0,
    isControl: (attributes & CONTROL_BIT) !== 0,
  };
}

export function readBatchSize(bytes: Buffer, at = 0): number {
  return bytes.readInt32BE(at + AT.size) + SIZE_FIELD_END;
}

/** Whether these bytes are one whole batch whose checksum is right; `to` is where it claims to end. */
export function isIntact(bytes: Buffer, at: number, to: number): boolean {
  return bytes[at + AT.magic] === MAGIC && crc32c(bytes, at + AT.attributes, to) === bytes.readUInt32BE(at + AT.crc);
}

/** What is wrong with the records of a produce request, or `NONE`. A producer sends one batch per partition. */
export function checkProducedBatch(records: Buffer, sizeBytesMax: number): ErrorCode {
  if (records.length < BATCH_HEADER_BYTES) return ErrorCode.CORRUPT_MESSAGE;
  if (records[AT.magic] !== MAGIC) return ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT;
  const sizeBytes = readBatchSize(records);
  if (sizeBytes < BATCH_HEADER_BYTES || sizeBytes > records.length) return ErrorCode.CORRUPT_MESSAGE;
  if (sizeBytes < records.length) return ErrorCode.INVALID_RECORD;
  if (sizeBytes > sizeBytesMax) return ErrorCode.MESSAGE_TOO_LARGE;
  if (!isIntact(records, 0, sizeBytes)) return ErrorCode.CORRUPT_MESSAGE;
  return checkHeader(records);
}

function checkHeader(records: Buffer): ErrorCode {
  const header = readBatchHeader(records);
  const lastOffsetDelta = records.readInt32BE(AT.lastOffsetDelta);
  if (header.isControl) return ErrorCode.INVALID_RECORD;
  if (header.recordCount < 1 || lastOffsetDelta !== header.recordCount - 1) return ErrorCode.INVALID_RECORD;
  if ((records.readInt16BE(AT.attributes) & COMPRESSION_MASK) > COMPRESSION_MAX) {
    return ErrorCode.UNSUPPORTED_COMPRESSION_TYPE;
  }
  const baseTimestampMs = readInt64(records, AT.baseTimestamp);
  if (!Number.isSafeInteger(header.timestampMaxMs) || !Number.isSafeInteger(baseTimestampMs)) {
    return ErrorCode.INVALID_TIMESTAMP;
  }
  if (!Number.isSafeInteger(header.producerId)) return ErrorCode.INVALID_RECORD;
  const isIdempotent = header.producerId >= 0;
  if (isIdempotent && (header.producerEpoch < 0 || header.baseSequence < 0)) return ErrorCode.INVALID_RECORD;
  if (header.isTransactional && !isIdempotent) return ErrorCode.INVALID_RECORD;
  return ErrorCode.NONE;
}

/** Offset and leader epoch lie before the checksummed part, so they are set in place. */
export function assignOffset(batch: Buffer, baseOffset: number): void {
  writeInt64(batch, AT.baseOffset, baseOffset);
  batch.writeInt32BE(0, AT.leaderEpoch);
}

/** `message.timestamp.type=LogAppendTime`: the whole batch takes the time at which the broker wrote it. */
export function stampAppendTime(batch: Buffer, nowMs: number): void {
  batch.writeInt16BE(batch.readInt16BE(AT.attributes) | LOG_APPEND_TIME_BIT, AT.attributes);
  writeInt64(batch, AT.maxTimestamp, nowMs);
  batch.writeUInt32BE(crc32c(batch, AT.attributes, batch.length), AT.crc);
}

export function hasAppendTime(batch: Buffer, at: number): boolean {
  return (batch.readInt16BE(at + AT.attributes) & LOG_APPEND_TIME_BIT) !== 0;
}

export function baseTimestampOf(batch: Buffer, at: number): number {
  return readInt64(batch, at + AT.baseTimestamp);
}

/** length, attributes, timestamp, offset, key length, key (version, type), value length, value (version, epoch), headers */
const MARKER_RECORD = Buffer.from([32, 0, 0, 0, 8, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0]);
const MARKER_TYPE_AT = 7;

/** The control batch that ends a transaction in one partition. */
export function createTransactionMarker(options: {
  producerId: number;
  producerEpoch: number;
  isCommit: boolean;
  nowMs: number;
}): Buffer {
  const batch = Buffer.alloc(BATCH_HEADER_BYTES + MARKER_RECORD.length);
  batch.writeInt32BE(batch.length - SIZE_FIELD_END, AT.size);
  batch[AT.magic] = MAGIC;
  batch.writeInt16BE(TRANSACTIONAL_BIT | CONTROL_BIT, AT.attributes);
  writeInt64(batch, AT.baseTimestamp, options.nowMs);
  writeInt64(batch, AT.maxTimestamp, options.nowMs);
  writeInt64(batch, AT.producerId, options.producerId);
  batch.writeInt16BE(options.producerEpoch, AT.producerEpoch);
  batch.writeInt32BE(-1, AT.baseSequence);
  batch.writeInt32BE(1, AT.recordCount);
  MARKER_RECORD.copy(batch, BATCH_HEADER_BYTES);
  batch.writeInt16BE(options.isCommit ? 1 : 0, BATCH_HEADER_BYTES + MARKER_TYPE_AT);
  batch.writeUInt32BE(crc32c(batch, AT.attributes, batch.length), AT.crc);
  return batch;
}

export function isCommitMarker(bytes: Buffer, at: number): boolean {
  return bytes.readInt16BE(at + BATCH_HEADER_BYTES + MARKER_TYPE_AT) === 1;
}

function readInt64(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
}

function writeInt64(bytes: Buffer, at: number, value: number): void {
  const high = Math.floor(value / 2 ** 32);
  bytes.writeInt32BE(high, at);
  bytes.writeUInt32BE(value - high * 2 ** 32, at + 4);
}
