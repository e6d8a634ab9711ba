import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aDirectory, aPartitionLog, noTransaction } from "../testing/a-partition-log.ts";
import { aRecordBatch, valuesIn } from "../testing/a-record-batch.ts";

const SEGMENT = "00000000000000000000.log";

/** The file of a partition with three batches of one record each. */
function threeBatches(): { directory: string; path: string; bytes: Buffer } {
  const directory = aDirectory();
  const log = aPartitionLog({ directory });
  for (const value of ["a", "b", "c"]) log.append(aRecordBatch({ values: [value] }), noTransaction);
  log.close();
  const path = join(directory, SEGMENT);
  return { directory, path, bytes: readFileSync(path) };
}

describe("a torn tail", () => {
  test("of half a batch is cut, and the next batch gets the next offset", () => {
    const { directory, path } = threeBatches();
    const half = aRecordBatch({ values: ["torn"] });
    appendFileSync(path, half.subarray(0, half.length / 2));
    const log = aPartitionLog({ directory });
    expect(valuesIn(log.read(0, 10_000)!)).toEqual(["a", "b", "c"]);
    expect(log.append(aRecordBatch({ values: ["d"] }), noTransaction).baseOffset).toBe(3);
    expect(valuesIn(log.read(0, 10_000)!)).toEqual(["a", "b", "c", "d"]);
  });

  test("cut anywhere leaves exactly the whole batches before the cut", () => {
    const { path, directory, bytes } = threeBatches();
    const batchBytes = bytes.length / 3;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length }), (cut) => {
        writeFileSync(path, bytes);
        truncateSync(path, cut);
        const log = aPartitionLog({ directory });
        expect(log.endOffset).toBe(Math.floor(cut / batchBytes));
        expect(readFileSync(path).length).toBe(Math.floor(cut / batchBytes) * batchBytes);
      }),
      { numRuns: 100 },
    );
  });

  test("with a flipped bit anywhere leaves only batches whose checksum is right", () => {
    const { path, directory, bytes } = threeBatches();
    const batchBytes = bytes.length / 3;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const bent = Buffer.from(bytes);
        bent[at]! ^= 1 << bit;
        // One byte more, as after a crash: the file is not the one of the last clean stop.
        writeFileSync(path, Buffer.concat([bent, Buffer.of(0)]));
        const log = aPartitionLog({ directory });
        const values = log.endOffset > 0 ? valuesIn(log.read(0, 10_000) ?? Buffer.alloc(0)) : [];
        const intactBatches = Math.floor(at / batchBytes);
        expect(values.slice(0, intactBatches)).toEqual(["a", "b", "c"].slice(0, intactBatches));
        expect(["a", "b", "c"].join()).toContain(values.join());
      }),
      { numRuns: 200 },
    );
  });

  test("of zeros, as after a power failure, is cut", () => {
    const { directory, path } = threeBatches();
    appendFileSync(path, Buffer.alloc(5000));
    expect(aPartitionLog({ directory }).endOffset).toBe(3);
  });
});

test("an unreadable summary of a segment costs a slower start and nothing else", () => {
  const directory = aDirectory();
  const config = { segmentBytes: 1 };
  const log = aPartitionLog({ directory, config });
  for (const value of ["a", "b", "c"]) log.append(aRecordBatch({ values: [value] }), noTransaction);
  log.close();
  for (const name of readdirSync(directory)) if (name.endsWith(".json")) writeFileSync(join(directory, name), "{");
  const next = aPartitionLog({ directory, config });
  expect(next.endOffset).toBe(3);
  expect([0, 1, 2].flatMap((offset) => valuesIn(next.read(offset, 1)!))).toEqual(["a", "b", "c"]);
});
