import { FleetColumns } from "../server/live/fleet-columns.ts";
import { createTelemetryLane } from "../server/threads/telemetry-lane.ts";
import type { TelemetrySettings } from "../server/threads/telemetry-settings.ts";
import { answerOrders } from "./contestant.ts";

/** The telemetry lane as the tower runs it: in its thread, stored behind the fence, its changes folded by the web side. */
export async function runMeasuredLine(settings: TelemetrySettings): Promise<void> {
  const lane = createTelemetryLane(settings);
  const fleet = new FleetColumns(Date.now());
  lane.onChunk((chunk) => fleet.fold(chunk, Date.now()));
  lane.failed((error) => {
    console.error(error);
    process.exit(1);
  });
  const started = lane.start();
  lane.pause("the bench has not begun");
  await started;
  process.on("SIGTERM", () => void lane.stop().then(() => process.exit(0)));
  const say = answerOrders({
    records: () => lane.status().records.delivered,
    go: () => lane.resume(),
    wait: () => lane.pause("it is the other's turn"),
  });
  await say();
}
