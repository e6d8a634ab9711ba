import { crc32c } from "../log/crc32c.ts";
import { BATCH_HEADER_BYTES } from "../log/record-batch.ts";

export type BatchWish = {
  values?: readonly string[];
  timestampMs?: number;
  /** Added to the time of each further record. */
  timestampStepMs?: number;
  producerId?: number;
  producerEpoch?: number;
  baseSequence?: number;
  isTransactional?: boolean;
};

/** A batch as a producer sends it, one record per value, without keys and headers. */
export function aRecordBatch({
  values = ["a"],
  timestampMs = 1_700_000_000_000,
  timestampStepMs = 0,
  producerId = -1,
  producerEpoch = -1,
  baseSequence = -1,
  isTransactional = false,
}: BatchWish = {}): Buffer {
  const records = values.map((value, index) => record(value, index, index * timestampStepMs));
  const header = Buffer.alloc(BATCH_HEADER_BYTES);
  const batch = Buffer.concat([header, ...records]);
  batch.writeInt32BE(batch.length - 12, 8);
  batch[16] = 2;
  batch.writeInt16BE(isTransactional ? 0x10 : 0, 21);
  batch.writeInt32BE(values.length - 1, 23);
  batch.writeBigInt64BE(BigInt(timestampMs), 27);
  batch.writeBigInt64BE(BigInt(timestampMs + (values.length - 1) * timestampStepMs), 35);
  batch.writeBigInt64BE(BigInt(producerId), 43);
  batch.writeInt16BE(producerEpoch, 51);
  batch.writeInt32BE(baseSequence, 53);
  batch.writeInt32BE(values.length, 57);
  return withChecksum(batch);
}

/** Sets the checksum anew after a test has bent the batch. */
export function withChecksum(batch: Buffer): Buffer {
  batch.writeUInt32BE(crc32c(batch, 21, batch.length), 17);
  return batch;
}

/** The values of all records in these batches, as `aRecordBatch` writes them; the markers of transactions have none. */
export function valuesIn(bytes: Buffer): string[] {
  const values: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + bytes.readInt32BE(at + 8) + 12;
    let position = (bytes.readInt16BE(at + 21) & 0x20) === 0 ? at + BATCH_HEADER_BYTES : end;
    while (position < end) {
      const length = readVarint(bytes, position);
      const timestamp = readVarint(bytes, length.end + 1);
      const offset = readVarint(bytes, timestamp.end);
      const key = readVarint(bytes, offset.end);
      const value = readVarint(bytes, key.end);
      values.push(bytes.toString("utf8", value.end, value.end + value.value));
      position = length.end + length.value;
    }
    at = end;
  }
  return values;
}

function record(value: string, offsetDelta: number, timestampDelta: number): Buffer {
  const text = Buffer.from(value);
  const body = Buffer.concat([
    Buffer.of(0),
    varint(timestampDelta),
    varint(offsetDelta),
    varint(-1),
    varint(text.length),
    text,
    varint(0),
  ]);
  return Buffer.concat([varint(body.length), body]);
}

function varint(value: number): Buffer {
  let rest = value >= 0 ? value * 2 : -value * 2 - 1;
  const bytes: number[] = [];
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
}

function readVarint(bytes: Buffer, from: number): { value: number; end: number } {
  let raw = 0;
  let at = from;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++]!;
    raw += (byte & 0x7f) * factor;
    if (byte < 0x80) break;
  }
  return { value: raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2, end: at };
}
