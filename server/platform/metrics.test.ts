import { expect, test } from "vitest";
import { aLane } from "../testing/lane.ts";
import { createMetrics } from "./metrics.ts";

test("the counters are those of the lanes at the moment of asking, by topic and outcome", async () => {
  let lanes = [aLane()];
  const metrics = createMetrics({ version: "1.2.3", lanes: () => lanes, sockets: () => 2, vehicles: () => 165_000 });
  const first = (await metrics()).text;
  expect(first).toContain(
    'wheelhouse_records_total{lane="telemetry",topic="telematics.readings",outcome="rejected"} 2',
  );
  expect(first).toContain('wheelhouse_behind_seconds{lane="telemetry",topic="telematics.readings"} 0.25');
  expect(first).toContain('wheelhouse_lane_running{lane="telemetry"} 1');
  expect(first).toContain("wheelhouse_vehicles 165000");
  expect(first).toContain('wheelhouse_info{version="1.2.3"} 1');
  expect(first).toContain("process_cpu_seconds_total");

  lanes = [aLane({ state: "paused", sources: [] })];
  const later = (await metrics()).text;
  expect(later, "a topic that is gone is not told for ever").not.toContain("telematics.readings");
  expect(later).toContain('wheelhouse_lane_running{lane="telemetry"} 0');
});

test("what the topics of all outcomes say adds up to what was delivered", async () => {
  const lane = aLane();
  const metrics = createMetrics({ version: "", lanes: () => [lane], sockets: () => 0, vehicles: () => 0 });
  const counted = [...(await metrics()).text.matchAll(/wheelhouse_records_total\{.*outcome="(\w+)"\} (\d+)/g)];
  const sum = counted
    .filter(([, outcome]) => outcome !== "gaps" && outcome !== "lost")
    .reduce((total, [, , count]) => total + Number(count), 0);
  expect(sum).toBe(lane.records.delivered);
});

test("two of them in one process do not meet", async () => {
  const deps = { version: "", lanes: () => [], sockets: () => 0, vehicles: () => 0 };
  await expect(Promise.all([createMetrics(deps)(), createMetrics(deps)()])).resolves.toHaveLength(2);
});
