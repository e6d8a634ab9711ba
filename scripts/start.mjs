import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { cloneDirectory } from "./lib/clone.mjs";
import { prepare } from "./lib/prepare.mjs";
import { Failure, main } from "./lib/run.mjs";

const HELP = `Installs what is missing, builds, and starts everything.

  npm start              goes on with what the last start knew
  npm start -- --fresh   forgets it and begins anew

Settings are environment variables; docs/operating.md names them all.
`;

const since = performance.now();

await main(async ({ giveBack }) => {
  if (readOptions().help) {
    process.stdout.write(HELP);
    return;
  }
  await prepare(["client", "assets", "bundle", "pages"]);
  console.log(`Ready to start (${((performance.now() - since) / 1000).toFixed(1)} s). Starting …`);
  // From here on the launcher answers signals: it knows in which order things end.
  giveBack();
  await import(pathToFileURL(join(cloneDirectory, "dist/launcher.mjs")).href);
});

/** The launcher reads them again; here a wrong one is told before minutes of building. */
function readOptions() {
  try {
    return parseArgs({ options: { fresh: { type: "boolean" }, help: { type: "boolean" } } }).values;
  } catch (error) {
    throw new Failure(`${error.message}\n\n${HELP}`);
  }
}
