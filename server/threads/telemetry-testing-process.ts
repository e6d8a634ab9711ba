import { createTelemetryLane } from "./telemetry-lane.ts";
import type { TelemetrySettings } from "./telemetry-settings.ts";

/** A process that runs nothing but the telemetry lane, for tests that end it the hard way. Settings come as argument. */
const lane = createTelemetryLane(JSON.parse(process.argv[2]!) as TelemetrySettings);
lane.failed((error) => {
  console.error(error);
  process.exit(1);
});
setInterval(() => process.send?.(lane.status()), 100);
await lane.start();
