import { parentPort, workerData } from "node:worker_threads";
import { createLogger } from "../platform/logger.ts";
import { buffersOf, type FromTelemetryThread, type ToTelemetryThread } from "./telemetry-messages.ts";
import { runTelemetry } from "./telemetry-runner.ts";
import type { TelemetrySettings } from "./telemetry-settings.ts";

/** Entry point of the thread that `telemetry-lane.ts` starts. */
const STATUS_INTERVAL_MS = 500;

const port = parentPort!;
const settings = workerData as TelemetrySettings;
const tell = (message: FromTelemetryThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
let isAttached = false;
const lane = runTelemetry(settings, createLogger("telemetry", settings.logLevel), {
  // Without a reader the changes gather as marks, at most one a vehicle: the first reader is told the whole state.
  changes: (chunk) => isAttached && tell({ kind: "chunk", chunk }, buffersOf(chunk)),
  visits: (visits) => isAttached && tell({ kind: "visits", visits }),
  dropped: (partition) => tell({ kind: "dropped", partition }),
});
const tellStatus = () => tell({ kind: "status", status: lane.status() });

async function answer(message: Extract<ToTelemetryThread, { kind: "ask" }>): Promise<void> {
  const { id, query, parameters } = message;
  try {
    const ask = lane[query] as (...parameters: unknown[]) => Promise<unknown>;
    tell({ kind: "answer", id, value: await ask(...parameters) });
  } catch (error) {
    tell({ kind: "refused", id, message: error instanceof Error ? error.message : String(error) });
  }
}

port.on("message", async (message: ToTelemetryThread) => {
  if (message.kind === "ask") await answer(message);
  else if (message.kind === "pause") lane.pause(message.reason);
  else if (message.kind === "resume") lane.resume();
  else if (message.kind === "fences_changed") lane.fencesChanged();
  else if (message.kind === "attach") {
    isAttached = true;
    lane.tellAll();
  } else {
    clearInterval(telling);
    await lane.stop();
    process.exit(0); // of this thread alone: a timer that a client left behind must not hold it
  }
});

const telling = setInterval(tellStatus, STATUS_INTERVAL_MS);
await lane.start();
tellStatus();
tell({ kind: "started" });
