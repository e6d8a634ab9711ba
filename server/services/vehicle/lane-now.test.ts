import { expect, test } from "vitest";
import { aLane } from "../../testing/lane.ts";
import { laneNow } from "./lane-now.ts";

test("the moment of judgement lies as far back as the telemetry lane does, and no other lane counts", () => {
  const at = (...lanes: ReturnType<typeof aLane>[]) => laneNow({ now: () => 100_000, lanes: () => lanes });
  expect(at(aLane({ behindMs: 30_000 }), aLane({ lane: "changes", behindMs: 90_000 }))).toBe(70_000);
  expect(at(aLane({ behindMs: -5 }))).toBe(100_000);
  expect(at()).toBe(100_000);
});
