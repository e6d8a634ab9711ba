import fc from "fast-check";
import { compress } from "snappyjs";
import { expect, test } from "vitest";
import { unpackSnappy } from "./snappy.ts";

const MARK = Buffer.from("82534e41505059000000000100000001", "hex");

/** As Java's producers send it: blocks behind a mark, each with its length. */
function framed(blocks: readonly Uint8Array[]): Buffer {
  const parts = blocks.flatMap((block) => {
    const packed = compress(block);
    const length = Buffer.alloc(4);
    length.writeInt32BE(packed.length);
    return [length, packed];
  });
  return Buffer.concat([MARK, ...parts]);
}

const bytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 2000 }),
  fc.string({ minLength: 1, maxLength: 20 }).map((word) => new TextEncoder().encode(word.repeat(50))),
);

test("what was packed bare, or in blocks, is unpacked as it was", () => {
  fc.assert(
    fc.property(fc.array(bytes, { minLength: 1, maxLength: 4 }), (blocks) => {
      const whole = Buffer.concat(blocks);
      expect(unpackSnappy(Buffer.from(compress(whole)))).toEqual(whole);
      expect(unpackSnappy(framed(blocks))).toEqual(whole);
    }),
    { numRuns: 200 },
  );
});

test("a block that reaches beyond its batch, and bytes that are not Snappy, are refused", () => {
  const whole = framed([Buffer.from("some words")]);
  expect(() => unpackSnappy(whole.subarray(0, whole.length - 1))).toThrow("beyond its batch");
  expect(() => unpackSnappy(Buffer.alloc(20, 0xff))).toThrow("Snappy");
});

test("a few bytes that claim to unpack to more than memory should hold are refused before they do", () => {
  // The length comes first, as a variable-length number: 2 GB.
  expect(() => unpackSnappy(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x07, 0, 0]))).toThrow("too big");
});
