import { createRequire } from "node:module";
import { compress, uncompress } from "snappyjs";

/** Not among the names that Node finds in kafkajs, a CommonJS package, when it is imported as it is. */
const { CompressionCodecs, CompressionTypes } = createRequire(import.meta.url)("kafkajs") as typeof import("kafkajs");

/** What a batch may unpack to: far beyond what producers send, and no harm to the memory. */
const UNPACKED_BYTES_MAX = 64 * 1024 * 1024;
/** Java's producers cut the bytes into blocks behind this mark; those built on librdkafka send one block bare. */
const FRAMED = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
const FRAME_HEADER_BYTES = 16;
const LENGTH_BYTES = 4;

type Encoder = { buffer: Buffer };

/** Teaches kafkajs the Snappy compression, which it leaves to others: sources choose what they send. */
export function teachSnappy(): void {
  CompressionCodecs[CompressionTypes.Snappy] = () => ({
    compress: async (encoder: Encoder) => Buffer.from(compress(encoder.buffer)),
    decompress: async (packed: Buffer) => unpackSnappy(packed),
  });
}

/** The plain bytes of a batch in either framing. Throws on anything else. */
export function unpackSnappy(packed: Buffer): Buffer {
  if (!packed.subarray(0, FRAMED.length).equals(FRAMED)) return unpackBlock(packed, UNPACKED_BYTES_MAX);
  const blocks: Buffer[] = [];
  let leftBytes = UNPACKED_BYTES_MAX;
  for (let at = FRAME_HEADER_BYTES; at < packed.length; ) {
    const start = at + LENGTH_BYTES;
    const end = start + packed.readInt32BE(at);
    if (end <= start || end > packed.length) throw new Error("a block of Snappy reaches beyond its batch");
    const block = unpackBlock(packed.subarray(start, end), leftBytes);
    leftBytes -= block.length;
    blocks.push(block);
    at = end;
  }
  return Buffer.concat(blocks);
}

function unpackBlock(block: Buffer, lengthMax: number): Buffer {
  const plain = uncompress(block, lengthMax);
  return Buffer.from(plain.buffer, plain.byteOffset, plain.length);
}
