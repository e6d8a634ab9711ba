import { expect, test } from "vitest";
import { aLane } from "../../testing/lane.ts";
import { checkHealth, type HealthFacts, waitingFor } from "./check.ts";

const facts = (over: Partial<HealthFacts> = {}): HealthFacts => ({
  version: "1.0.0",
  lanes: [aLane()],
  database: { status: "ok", downForMs: 0 },
  broker: { status: "ok", kind: "external", address: "kafka:9092" },
  ...over,
});
const down = (downForMs: number) => facts({ database: { status: "down", downForMs } });

test.each([
  ["ok", facts()],
  ["degraded", facts({ lanes: [aLane(), aLane({ lane: "changes", state: "paused" })] })],
  ["degraded", facts({ lanes: [aLane({ state: "stopped" })] })],
  ["degraded", facts({ lanes: [aLane({ behindMs: 60_001 })] })],
  ["degraded", facts({ broker: { status: "down", kind: "external", address: "kafka:9092" } })],
  ["degraded", down(0)],
  ["degraded", down(9_999)],
  ["down", down(10_000)],
])("is %s", (status, given) => {
  expect(checkHealth(given).status).toBe(status);
});

test("it holds the counters that add up, and nothing that only people inside may know", () => {
  const health = checkHealth(facts({ lanes: [aLane({ reason: "secret words" })] }));
  expect(health.lanes.telemetry).toEqual({
    state: "running",
    lagRecords: 4,
    behindMs: 250,
    records: { delivered: 10, applied: 8, late: 0, repeated: 0, ignored: 0, rejected: 2 },
  });
  expect(JSON.stringify(health)).not.toMatch(/secret words|telematics/);
});

test("ready means that nothing is waited for; a lane that is paused for a moment is there", () => {
  expect(waitingFor(facts({ lanes: [aLane({ state: "paused" })] }))).toEqual([]);
  expect(waitingFor({ ...down(0), lanes: [aLane({ state: "stopped" })] })).toEqual(["lane telemetry", "database"]);
});
