import { expect, test } from "vitest";
import { noOutcomes } from "../../contracts/outcome.ts";
import { aLane } from "../../testing/lane.ts";
import { createSourceSamples } from "./samples.ts";

const MINUTE_MS = 60_000;
const START_MS = 1_000 * MINUTE_MS;

function aTower() {
  const tower = { nowMs: START_MS, behindMs: 0 as number | null, delivered: 0, topics: ["sap.LIKP"] };
  const lanes = () => [
    aLane({
      sources: tower.topics.map((topic) => ({
        ...aLane().sources[0]!,
        topic,
        behindMs: tower.behindMs,
        records: { ...noOutcomes(), delivered: tower.delivered, applied: tower.delivered },
      })),
    }),
  ];
  return { tower, samples: createSourceSamples({ lanes, now: () => tower.nowMs }) };
}

test("each minute keeps the largest lag that was seen, and minutes nobody looked at stay empty", () => {
  const { tower, samples } = aTower();
  for (const [minute, behindMs] of [
    [0, 100],
    [0, 900],
    [0, 300],
    [3, 40],
  ] as const) {
    Object.assign(tower, { nowMs: START_MS + minute * MINUTE_MS + tower.delivered, behindMs });
    samples.look();
  }
  expect(samples.behindMs("sap.LIKP").slice(-4)).toEqual([900, null, null, 40]);
  expect(samples.behindMs("sap.LIPS")).toEqual([]);
});

test("two hours are kept and not a minute more, however long it runs", () => {
  const { tower, samples } = aTower();
  for (let minute = 0; minute < 500; minute += 1) {
    Object.assign(tower, { nowMs: START_MS + minute * MINUTE_MS, behindMs: minute });
    samples.look();
  }
  const kept = samples.behindMs("sap.LIKP");
  expect(kept).toHaveLength(120);
  expect([kept[0], kept.at(-1)]).toEqual([380, 499]);
  tower.nowMs += 300 * MINUTE_MS;
  expect(samples.behindMs("sap.LIKP").every((value) => value === null)).toBe(true);
});

test("the rate is that of the last minute, and begins again when the count goes back", () => {
  const { tower, samples } = aTower();
  expect(samples.recordsPerSecond("sap.LIKP")).toBeNull();
  for (let second = 0; second <= 120; second += 5) {
    Object.assign(tower, { nowMs: START_MS + second * 1_000, delivered: second <= 60 ? 0 : (second - 60) * 20 });
    samples.look();
  }
  expect(samples.recordsPerSecond("sap.LIKP")).toBe(20);
  Object.assign(tower, { nowMs: tower.nowMs + 5_000, delivered: 3 });
  samples.look();
  expect(samples.recordsPerSecond("sap.LIKP")).toBeNull();
});

test("a flood of topics is not kept without end", () => {
  const { tower, samples } = aTower();
  tower.topics = Array.from({ length: 2_000 }, (_, n) => `sap.T${n}`);
  samples.look();
  const kept = tower.topics.filter((topic) => samples.behindMs(topic).length > 0);
  expect(kept.length).toBe(500);
});
