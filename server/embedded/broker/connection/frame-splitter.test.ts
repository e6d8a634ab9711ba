import fc from "fast-check";
import { expect, test } from "vitest";
import { ProtocolError } from "../wire/protocol-error.ts";
import { FrameSplitter } from "./frame-splitter.ts";

const anyFrame = fc.uint8Array({ minLength: 8, maxLength: 200 }).map((content) => Buffer.from(content));

function withLength(frame: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(frame.length);
  return Buffer.concat([length, frame]);
}

test("requests come out whole and in order, however the network cuts them", () => {
  fc.assert(
    fc.property(
      fc.array(anyFrame, { maxLength: 20 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 300 })),
      (frames, cuts) => {
        const stream = Buffer.concat(frames.map(withLength));
        const splitter = new FrameSplitter(1000);
        const received: Buffer[] = [];
        for (let at = 0; at < stream.length; ) {
          const end = at + cuts.next().value;
          received.push(...splitter.push(stream.subarray(at, end)));
          at = end;
        }
        expect(received.map((frame) => frame.toString("hex"))).toEqual(frames.map((frame) => frame.toString("hex")));
      },
    ),
  );
});

test.each([1001, 2 ** 31 - 1, -1, 0, 7])("a request that claims %d bytes is refused by its length alone", (claimed) => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(claimed);
  expect(() => new FrameSplitter(1000).push(length)).toThrow(ProtocolError);
});
