import { type ChangesLaneSettings, createChangesLane } from "../server/threads/changes-lane.ts";
import { answerOrders } from "./child.ts";

/** The changes lane as the tower runs it, in its thread. Orders: `go` and `wait`; how far it is stands in the database. */
export async function runMeasuredChanges(settings: ChangesLaneSettings): Promise<void> {
  const lane = createChangesLane(settings);
  lane.failed((error) => {
    console.error(error);
    process.exit(1);
  });
  const wait = () => lane.pause("it is the other's turn");
  const started = lane.start();
  wait();
  await started;
  process.on("SIGTERM", () => void lane.stop().then(() => process.exit(0)));
  answerOrders({ go: () => lane.resume(), wait });
}
