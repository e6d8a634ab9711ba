import { parentPort, workerData } from "node:worker_threads";
import { createLogger } from "../platform/logger.ts";
import { type KeepingSettings, runKeeping } from "./run-keeping.ts";

/** Entry point of the thread that `keeping-works.ts` starts. */
const settings = workerData as KeepingSettings;
const port = parentPort!;
const keeping = runKeeping(settings, createLogger("keeping", settings.logLevel));

port.on("message", async () => {
  await keeping.stop();
  process.exit(0); // of this thread alone
});
keeping.start();
