import { dirname, join } from "node:path";
import { runLauncher } from "./launcher/run-launcher.ts";

// Bundled as dist/launcher.mjs, beside the entries that it starts.
const directory = import.meta.dirname;

await runLauncher({
  environment: process.env,
  commandLine: process.argv.slice(2),
  cloneDirectory: dirname(directory),
  entries: {
    broker: join(directory, "broker.mjs"),
    tower: join(directory, "main.mjs"),
    simulator: join(directory, "simulator.mjs"),
  },
});
