import type { TelemetryStep } from "../telemetry/reading-chunk.ts";

/** Rows to the present of their vehicles: newest value per measure; tells applied, late and repeated apart. */
export function foldVehicles(): TelemetryStep {
  return function foldVehiclesStep({ rows, firstRow, ids, vehicles, changed }) {
    vehicles.reserve(ids.size);
    vehicles.fold(rows, firstRow, changed);
  };
}
