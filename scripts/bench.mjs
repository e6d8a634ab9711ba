import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureChromium } from "./lib/chromium.mjs";
import { cloneDirectory } from "./lib/clone.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main, run } from "./lib/run.mjs";

/** Only the bench of the map looks at a page. */
const { values } = parseArgs({ options: { only: { type: "string", multiple: true } }, strict: false });
const needsBrowser = values.only === undefined || values.only.includes("map");

await main(async () => {
  await prepare(["client", "assets", "bundle", "pages"]);
  const commandLine = [
    "--enable-source-maps",
    "--expose-gc",
    join(cloneDirectory, "dist/bench.mjs"),
    ...process.argv.slice(2),
  ];
  const { exitCode } = await run(process.execPath, commandLine, {
    environment: {
      KAFKAJS_NO_PARTITIONER_WARNING: "1",
      ...(needsBrowser && { CHROMIUM_PATH: await ensureChromium() }),
    },
  });
  return exitCode;
});
