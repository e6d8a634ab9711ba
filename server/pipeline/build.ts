import { decodeReadings } from "./steps/decode-readings.ts";
import { foldVehicles } from "./steps/fold-vehicles.ts";
import { followVisits } from "./steps/follow-visits.ts";
import type { ReadReading, TelemetryStep } from "./telemetry/reading-chunk.ts";

/** The telemetry lane, from top to bottom. A new step is a file in `steps/` and a line here. */
export function buildTelemetry({ read }: { read: ReadReading }): readonly TelemetryStep[] {
  return [decodeReadings(read), foldVehicles(), followVisits()];
}
