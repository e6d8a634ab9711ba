import type { TelemetryStep } from "../telemetry/reading-chunk.ts";

/** Applied positions to visits of fences. Comes after the fold, which tells the applied from the late. */
export function followVisits(): TelemetryStep {
  return function followVisitsStep({ rows, firstRow, visits }) {
    visits.follow(rows, firstRow);
  };
}
