import { expect, test } from "vitest";
import { REPLAY_HEADERS, REPLAYS_TOPIC } from "../contracts/topics.ts";
import { buildChangesPipeline } from "./build-changes.ts";
import type { ChangesRecord, Decoded, SourceRecord } from "./changes-record.ts";
import type { StepCount } from "./pipeline.ts";

const aRecord = (topic: string, value: string, headers: Record<string, string> = {}): SourceRecord => ({
  topic,
  partition: 2,
  offset: 7n,
  timestampMs: 1000,
  key: null,
  value: Buffer.from(value),
  headers,
});
const aReplay = (topic: string, value: string, over: Record<string, string> = {}) =>
  aRecord(REPLAYS_TOPIC, value, {
    [REPLAY_HEADERS.topic]: topic,
    [REPLAY_HEADERS.partition]: "5",
    [REPLAY_HEADERS.offset]: "9007199254740993",
    [REPLAY_HEADERS.timestamp]: "500",
    trace: "t1",
    ...over,
  });

/** Understands "good", ignores "nothing", and turns the rest away. */
const decode = (record: SourceRecord): Decoded => {
  const text = Buffer.from(record.value!).toString();
  if (text === "good") return { kind: "changes", changes: [], gaps: [] };
  if (text === "nothing") return { kind: "ignored" };
  return { kind: "rejected", rejection: { stage: "decode", reason: "not_json", message: text, fields: [] } };
};

function runOver(...records: SourceRecord[]) {
  const ignored: number[] = [];
  const rejected: [number, string][] = [];
  const counts: StepCount[] = [];
  const pipeline = buildChangesPipeline({
    isMine: (topic) => topic.startsWith("sap."),
    decoderOf: (topic) => (topic.startsWith("sap.") && topic !== "sap.no.reader" ? decode : null),
  });
  const out = pipeline.run(
    records.map((record, place): ChangesRecord => ({ place, record, replay: null })),
    {
      ignore: ({ place }) => void ignored.push(place),
      reject: ({ place }, { reason }) => void rejected.push([place, reason]),
      repeat: () => {},
    },
    (count) => void counts.push(count),
  );
  return { out, ignored, rejected, counts };
}

test("a broken record leaves with its reason and the rest of its chunk goes on, in order", () => {
  const { out, ignored, rejected, counts } = runOver(
    aRecord("sap.LIKP", "good"),
    aRecord("sap.LIKP", "{"),
    aRecord("sap.LIKP", "nothing"),
    aRecord("sap.no.reader", "good"),
    aRecord("sap.LIKP", "good"),
  );
  expect(out.map(({ place }) => place)).toEqual([0, 4]);
  expect(ignored).toEqual([2]);
  expect(rejected).toEqual([
    [1, "not_json"],
    [3, "unknown_source"],
  ]);
  expect(counts).toEqual([
    { step: "openReplaysStep", in: 5, out: 5 },
    { step: "decodeChangesStep", in: 5, out: 2 },
  ]);
});

test("a replay is read as the record it stands for, with that record's place in the log", () => {
  const { out } = runOver(aReplay("sap.LIKP", "good"));
  expect(out).toHaveLength(1);
  expect(out[0]).toMatchObject({
    replay: `${REPLAYS_TOPIC}~2~7`,
    record: {
      topic: "sap.LIKP",
      partition: 5,
      offset: 9007199254740993n,
      timestampMs: 500,
      headers: { trace: "t1" },
    },
  });
});

test("a record without a timestamp can be replayed too", () => {
  const { out, ignored } = runOver(aReplay("sap.LIKP", "good", { [REPLAY_HEADERS.timestamp]: "-1" }));
  expect(ignored).toEqual([]);
  expect(out[0]?.record.timestampMs).toBe(-1);
});

test("replays of other lanes, and those that do not say what they stand for, are ignored", () => {
  const { out, ignored } = runOver(
    aReplay("telematics.readings", "good"),
    aReplay("sap.LIKP", "good", { [REPLAY_HEADERS.offset]: "soon" }),
    aReplay("sap.LIKP", "good", { [REPLAY_HEADERS.offset]: "9999999999999999999" }),
    aRecord(REPLAYS_TOPIC, "good"),
  );
  expect(out).toEqual([]);
  expect(ignored).toEqual([0, 1, 2, 3]);
});
