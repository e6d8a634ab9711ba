import { expect, test } from "vitest";
import type { SourceView } from "../services/source/list.ts";
import { aLane } from "../testing/lane.ts";
import { presentSource } from "./present-source.ts";

const NOW_MS = 10 * 3_600_000;
const aSource = (over: Partial<SourceView>): SourceView => ({
  ...aLane().sources[0]!,
  topic: "sap.LIKP",
  lagRecords: 0,
  behindMs: 0,
  lastRecordAt: NOW_MS - 1_000,
  usualIntervalMs: 500,
  ...{ facts: null, mapped: false, enabled: true, recordsPerSecond: null, rejectedDay: 0, behindMsSamples: [] },
  ...over,
});
const statesOf = (...sources: SourceView[]) =>
  sources.map((source) => presentSource(sources, NOW_MS)(source)).map(({ state }) => state);
const LONG_AGO = NOW_MS - 3_600_000;

test("a table that has nothing to say is not silent while others of its system speak", () => {
  expect(statesOf(aSource({}), aSource({ topic: "sap.KNA1", lastRecordAt: LONG_AGO }))).toEqual(["current", "current"]);
  const quiet = { lastRecordAt: LONG_AGO };
  expect(statesOf(aSource(quiet), aSource({ topic: "sap.KNA1", ...quiet }))).toEqual(["silent", "silent"]);
  expect(statesOf(aSource(quiet), aSource({ topic: "salesforce.OrderChangeEvent" }))).toEqual(["silent", "current"]);
});

test("records that wait make a source slow, one that never spoke waits, and one that is switched off is off", () => {
  expect(statesOf(aSource({ lagRecords: 9, behindMs: 60_000 }))).toEqual(["slow"]);
  expect(statesOf(aSource({ lastRecordAt: null }))).toEqual(["waiting"]);
  expect(statesOf(aSource({ enabled: false, lastRecordAt: null }))).toEqual(["off"]);
});
