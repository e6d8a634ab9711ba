import type { LaneStatus } from "../contracts/lane.ts";
import { noOutcomes } from "../contracts/outcome.ts";

export function aLane(over: Partial<LaneStatus> = {}): LaneStatus {
  const records = { ...noOutcomes(), delivered: 10, applied: 8, rejected: 2 };
  return {
    lane: "telemetry",
    state: "running",
    reason: null,
    lagRecords: 4,
    behindMs: 250,
    recordsPerSecond: 12,
    records,
    sources: [
      {
        topic: "telematics.readings",
        connector: "canonical",
        lane: "telemetry",
        partitions: 12,
        lagRecords: 4,
        behindMs: 250,
        lastRecordAt: Date.now(),
        usualIntervalMs: 500,
        records,
      },
    ],
    ...over,
  };
}
