import { crc32c } from "../server/embedded/broker/log/crc32c.ts";

/** A record batch of Kafka, format 2: a head of 61 bytes, then the records with variable-length integers. */
const HEAD_BYTES = 61;
const AT = {
  length: 8,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producer: 43,
  count: 57,
};

/** Encodes records with one timestamp. kafkajs would spend seven times as long on it, which is the load's share, not ours. */
export function encodeBatch(records: readonly { key: string; value: string }[], timestampMs: number): Buffer {
  const encoded = records.map(({ key, value }, index) => encodeRecord(index, Buffer.from(key), Buffer.from(value)));
  const batch = Buffer.concat([Buffer.alloc(HEAD_BYTES), ...encoded]);
  batch.writeInt32BE(batch.length - 12, AT.length);
  batch[AT.magic] = 2;
  batch.writeInt32BE(records.length - 1, AT.lastOffsetDelta);
  batch.fill(0xff, AT.producer, AT.count); // no producer id: neither idempotent nor transactional
  batch.writeInt32BE(records.length, AT.count);
  stampBatch(batch, timestampMs);
  return batch;
}

/** Gives all records of a batch this timestamp, and the batch the checksum of what is in it by now. */
export function stampBatch(batch: Buffer, timestampMs: number): void {
  batch.writeBigInt64BE(BigInt(timestampMs), AT.baseTimestamp);
  batch.writeBigInt64BE(BigInt(timestampMs), AT.maxTimestamp);
  batch.writeUInt32BE(crc32c(batch, AT.attributes, batch.length), AT.crc);
}

function encodeRecord(offsetDelta: number, key: Buffer, value: Buffer): Buffer {
  const body = Buffer.concat([
    Buffer.from([0]), // attributes
    varint(0), // timestamp delta
    varint(offsetDelta),
    varint(key.length),
    key,
    varint(value.length),
    value,
    varint(0), // headers
  ]);
  return Buffer.concat([varint(body.length), body]);
}

/** Zigzag: the sign goes to the last bit, then seven bits a byte. Lengths and deltas are never negative here. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value * 2;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}
