import { parentPort, workerData } from "node:worker_threads";
import { createLogger } from "../platform/logger.ts";
import type { ChangesLaneSettings, FromChangesThread, ToChangesThread } from "./changes-lane.ts";
import { runChanges } from "./run-changes.ts";

/** Entry point of the thread that `changes-lane.ts` starts. */
const STATUS_INTERVAL_MS = 500;

const port = parentPort!;
const settings = workerData as ChangesLaneSettings;
const logger = createLogger("changes", settings.logLevel);
const tell = (message: FromChangesThread) => port.postMessage(message);
const lane = runChanges(settings, logger, (touched) => tell({ kind: "touched", touched }));
const tellStatus = () => tell({ kind: "status", status: lane.status() });

port.on("message", async (message: ToChangesThread) => {
  if (message.kind === "pause") lane.pause(message.reason);
  if (message.kind === "resume") lane.resume();
  if (message.kind !== "stop") return;
  clearInterval(telling);
  await lane.stop();
  process.exit(0); // of this thread alone: a timer that a client left behind must not hold it
});

const telling = setInterval(tellStatus, STATUS_INTERVAL_MS);
await lane.start();
tellStatus();
tell({ kind: "started" });
