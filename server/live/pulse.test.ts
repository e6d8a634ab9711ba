import { expect, test } from "vitest";
import type { LaneStatus, SourceStatus } from "../contracts/lane.ts";
import { noOutcomes } from "../contracts/outcome.ts";
import { feedStatuses } from "./feed-status.ts";
import { originAllowed } from "./origin.ts";
import { makePulse, recentMedian, rejectedSinceMidnight } from "./pulse.ts";
import { NOW_MS } from "./testing.ts";

const aSource = (over: Partial<SourceStatus>): SourceStatus => ({
  topic: "telematics.readings",
  connector: "canonical",
  lane: "telemetry",
  partitions: 12,
  lagRecords: 0,
  behindMs: 0,
  lastRecordAt: NOW_MS - 1000,
  usualIntervalMs: 200,
  records: noOutcomes(),
  ...over,
});
const aLane = (over: Partial<LaneStatus>): LaneStatus => ({
  lane: "telemetry",
  state: "running",
  reason: null,
  lagRecords: 0,
  behindMs: 0,
  recordsPerSecond: 500,
  records: noOutcomes(),
  sources: [],
  ...over,
});
const stateOf = (...sources: Partial<SourceStatus>[]) =>
  feedStatuses([aLane({ sources: sources.map(aSource) })], NOW_MS)[0]?.state;

test("a feed is silent after ten times its usual interval, and not before its floor", () => {
  expect(stateOf({ lastRecordAt: NOW_MS - 4_900, usualIntervalMs: 100 })).toBe("current");
  expect(stateOf({ lastRecordAt: NOW_MS - 5_100, usualIntervalMs: 100 })).toBe("silent");
  expect(stateOf({ lastRecordAt: NOW_MS - 9_000, usualIntervalMs: 1_000 })).toBe("current");
  expect(stateOf({ lastRecordAt: NOW_MS - 11_000, usualIntervalMs: 1_000 })).toBe("silent");
});

test("a quiet night is not an outage: master data and a source of unknown rhythm are never silent", () => {
  const dayAgo = NOW_MS - 86_400_000;
  expect(stateOf({ topic: "master.sites", lastRecordAt: dayAgo, usualIntervalMs: 50 })).toBe("current");
  expect(stateOf({ topic: "sap.LIKP", lastRecordAt: dayAgo, usualIntervalMs: null })).toBe("current");
});

test("a feed speaks through any of its topics; one that never spoke is off; waiting records make it slow", () => {
  expect(
    stateOf({ topic: "sap.LIKP", lastRecordAt: NOW_MS - 3_600_000, usualIntervalMs: 1000 }, { topic: "sap.LIPS" }),
  ).toBe("current");
  expect(stateOf({ topic: "sap.LIKP", lastRecordAt: null })).toBe("off");
  expect(stateOf({ lastRecordAt: NOW_MS - 60_000, lagRecords: 9, behindMs: 60_000 })).toBe("slow");
});

test("topics are grouped into feeds with the newest age and the sum of their lag", () => {
  const sources = [
    aSource({ topic: "sap.LIKP", lagRecords: 2, lastRecordAt: NOW_MS - 900 }),
    aSource({ topic: "sap.LIPS", lagRecords: 3, lastRecordAt: NOW_MS - 100 }),
    aSource({ topic: "telematics.readings" }),
  ];
  const feeds = feedStatuses([aLane({ sources })], NOW_MS);
  expect(feeds.map((feed) => feed.name)).toEqual(["telematics", "sap"]);
  expect(feeds[1]).toMatchObject({ topics: ["sap.LIKP", "sap.LIPS"], lagRecords: 5, ageMs: 100 });
});

test("the median is over the last seconds only, and unknown without samples", () => {
  const median = recentMedian();
  expect(median(NOW_MS, [])).toBeNull();
  expect(median(NOW_MS, [100, 900, 300])).toBe(300);
  expect(median(NOW_MS + 6_000, [50])).toBe(50);
  expect(median(NOW_MS + 20_000, [])).toBeNull();
});

test("rejected today begins anew at midnight UTC and never counts what was before the process", () => {
  const rejected = rejectedSinceMidnight();
  expect(rejected(NOW_MS, 100)).toBe(0);
  expect(rejected(NOW_MS + 1000, 117)).toBe(17);
  const tomorrow = NOW_MS + 86_400_000;
  expect(rejected(tomorrow, 117)).toBe(0);
  expect(rejected(tomorrow + 1000, 118)).toBe(1);
});

test("the pulse tells a lane that stands still by its age, and one that never started by its words", () => {
  let lanes: LaneStatus[] = [];
  const counts = {
    vehicles: 1,
    moving: 1,
    idling: 0,
    stopped: 0,
    offline: 0,
    onTime: 0,
    atRisk: 0,
    late: 0,
    critical: 0,
  };
  const pulse = makePulse({ lanes: () => lanes, counts: () => counts });
  expect(pulse(NOW_MS, []).lane).toMatchObject({ state: "stopped", reason: expect.stringContaining("not started") });
  lanes = [aLane({})];
  expect(pulse(NOW_MS + 1000, []).lane).toEqual({ state: "running", reason: null, aliveMs: 0 });
  expect(pulse(NOW_MS + 7000, []).lane.aliveMs).toBe(6000);
  expect(pulse(NOW_MS + 8000, [120])).toMatchObject({
    lane: { aliveMs: 0 },
    readingsPerSecond: 500,
    fleet: counts,
    eventToFrameMs: 120,
  });
});

test("only our own origins may connect; without one the host has to be ours", () => {
  const ours = (given: string) => ["http://127.0.0.1:3000", "https://tower.example"].includes(given);
  expect(originAllowed({ origin: "https://tower.example" }, ours)).toBe(true);
  expect(originAllowed({ origin: "https://evil.example", host: "tower.example" }, ours)).toBe(false);
  expect(originAllowed({ origin: "null", host: "127.0.0.1:3000" }, ours)).toBe(false);
  expect(originAllowed({ host: "127.0.0.1:3000" }, ours)).toBe(true);
  expect(originAllowed({ host: "rebound.example:3000" }, ours)).toBe(false);
  expect(originAllowed({}, ours)).toBe(false);
});
