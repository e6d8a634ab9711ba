import { missingPaths } from "./cited-paths.mjs";
import { cloneDirectory } from "./clone.mjs";
import { packageScript, run } from "./run.mjs";

/** What needs no service and takes seconds. Each returns what is wrong, or an empty text. */
export const CHECKS = [
  {
    name: "format and lint",
    find: () => printedWhenFailed(packageScript("@biomejs/biome", "bin/biome"), ["check", "--error-on-warnings"]),
  },
  {
    name: "types",
    find: () => printedWhenFailed(packageScript("typescript", "bin/tsc"), ["--noEmit", "--pretty", "false"]),
  },
  { name: "cited paths exist", find: async () => missingPaths(cloneDirectory).join("\n") },
];

/** Runs all checks, tells each result, and returns how many passed and failed. */
export async function runChecks() {
  let failed = 0;
  // Two at a time would be quicker only where there are cores to spare.
  for (const { name, find } of CHECKS) {
    const since = performance.now();
    const wrong = (await find()).trim();
    console.log(`${wrong ? "✖" : "✓"} ${name} (${((performance.now() - since) / 1000).toFixed(1)} s)`);
    if (wrong) console.log(wrong);
    if (wrong) failed++;
  }
  return { passed: CHECKS.length - failed, failed };
}

async function printedWhenFailed(script, commandLine) {
  const { exitCode, printed } = await run(process.execPath, [script, ...commandLine], { isQuiet: true });
  return exitCode === 0 ? "" : printed || `ended with ${exitCode}`;
}
