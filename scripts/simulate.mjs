import { join } from "node:path";
import { cloneDirectory } from "./lib/clone.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main, run } from "./lib/run.mjs";

await main(async () => {
  await prepare(["client", "assets", "bundle"]);
  const commandLine = ["--enable-source-maps", join(cloneDirectory, "dist/simulator.mjs"), ...process.argv.slice(2)];
  const { exitCode } = await run(process.execPath, commandLine, {
    environment: { KAFKAJS_NO_PARTITIONER_WARNING: "1" },
  });
  return exitCode;
});
