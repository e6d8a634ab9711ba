import { expect, test } from "vitest";
import { aLane } from "../testing/lane.ts";
import { mergeLanes } from "./merge-lanes.ts";

test("a lane that several processes run is their sum, in the worst state that any of them is in", () => {
  const parts = [aLane(), aLane({ state: "paused", reason: "the database is away", behindMs: 9_000 }), aLane()];
  const [lane, ...others] = mergeLanes(parts, ["telemetry"]);
  expect(others).toEqual([]);
  expect(lane).toMatchObject({ state: "paused", reason: "the database is away", behindMs: 9_000, lagRecords: 12 });
  expect(lane!.records).toMatchObject({ delivered: 30, applied: 24, rejected: 6 });
  expect(lane!.sources).toHaveLength(1);
  expect(lane!.sources[0]).toMatchObject({ partitions: 36, lagRecords: 12, records: { delivered: 30 } });
});

test("a lane that nobody runs is stopped and says so; one that one process runs is as that process says", () => {
  const [telemetry, changes] = mergeLanes([aLane()], ["telemetry", "changes"]);
  expect(telemetry).toEqual({ ...aLane(), sources: [expect.objectContaining({ topic: "telematics.readings" })] });
  expect(changes).toMatchObject({ lane: "changes", state: "stopped", reason: expect.stringContaining("changes") });
});
