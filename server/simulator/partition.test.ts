import { createRequire } from "node:module";
import fc from "fast-check";
import { expect, test } from "vitest";
import { murmur2, partitionOf } from "./partition.ts";

const kafkajsMurmur2 = createRequire(import.meta.url)("kafkajs/src/producer/partitioners/default/murmur2") as (
  key: string,
) => number;

test("a key's hash is the one kafkajs computes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 20 }), (key) => {
      expect(murmur2(key)).toBe(kafkajsMurmur2(key));
    }),
  );
});

test("a partition is never negative", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 64 }), (key, partitions) => {
      const partition = partitionOf(key, partitions);
      expect(partition).toBeGreaterThanOrEqual(0);
      expect(partition).toBeLessThan(partitions);
    }),
  );
});
