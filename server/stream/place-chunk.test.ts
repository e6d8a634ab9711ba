import type { Batch, KafkaMessage } from "kafkajs";
import { describe, expect, test } from "vitest";
import { placeChunk } from "./place-chunk.ts";
import { recordHash } from "./record-hash.ts";

const aRecord = (offset: number, text = `record ${offset}`): KafkaMessage => ({
  key: null,
  value: Buffer.from(text),
  timestamp: "1700000000000",
  attributes: 0,
  offset: String(offset),
  headers: {},
});
const aBatch = (records: KafkaMessage[], highWatermark = 100): Batch =>
  ({ topic: "t", partition: 0, highWatermark: String(highWatermark), messages: records }) as Batch;
const aLine = (expected: number, lastHash: number | null = null) => ({
  expected: () => expected,
  lastHash: () => lastHash,
});

describe("placeChunk", () => {
  test("records that follow the expected offset without a hole are next", () => {
    expect(placeChunk(aBatch([aRecord(5), aRecord(6)]), aLine(5))).toEqual({ kind: "next", from: 0 });
  });

  test("records below the expected offset are skipped, even when the offsets before it have holes", () => {
    const batch = aBatch([aRecord(1), aRecord(4), aRecord(9), aRecord(10)]);
    expect(placeChunk(batch, aLine(9))).toEqual({ kind: "next", from: 2 });
    expect(placeChunk(batch, aLine(5))).toEqual({ kind: "next", from: 2 });
    expect(placeChunk(batch, aLine(11))).toEqual({ kind: "known" });
  });

  test("a chunk that begins beyond the expected offset is told apart", () => {
    expect(placeChunk(aBatch([aRecord(7)]), aLine(5))).toEqual({ kind: "beyond" });
  });

  test("a last record with other content means that the topic was made anew", () => {
    const batch = aBatch([aRecord(4), aRecord(5)]);
    expect(placeChunk(batch, aLine(5, recordHash(aRecord(4))))).toEqual({ kind: "next", from: 1 });
    expect(placeChunk(batch, aLine(5, recordHash(aRecord(4, "other"))))).toMatchObject({ kind: "foreign" });
  });

  test("a log that ends before the expected offset means that the topic was made anew", () => {
    expect(placeChunk(aBatch([aRecord(0)], 1), aLine(5))).toMatchObject({ kind: "foreign" });
  });
});
