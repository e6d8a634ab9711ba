import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cloneDirectory } from "./lib/clone.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main } from "./lib/run.mjs";

const since = performance.now();

await main(async ({ giveBack }) => {
  await prepare(["client", "assets", "bundle", "pages"]);
  console.log(`Ready to start (${((performance.now() - since) / 1000).toFixed(1)} s). Starting …`);
  // From here on the launcher answers signals: it knows in which order things end.
  giveBack();
  await import(pathToFileURL(join(cloneDirectory, "dist/launcher.mjs")).href);
});
