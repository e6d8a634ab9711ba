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
    async find() {
      // The pages' own types are generated: a fresh clone has none, an older one may have those of pages that are gone.
      const generated = await printedWhenFailed(packageScript("next", "dist/bin/next"), ["typegen"]);
      return generated || printedWhenFailed(packageScript("typescript", "bin/tsc"), ["--noEmit", "--pretty", "false"]);
    },
  },
  { name: "cited paths exist", find: async () => missingPaths(cloneDirectory).join("\n") },
];

/** Runs all checks, tells each result, and returns how many passed and failed. */
export async function runChecks() {
  let failed = 0;
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
  const { exitCode, printed } = await run(process.execPath, [script, ...commandLine], {
    isQuiet: true,
    environment: { NEXT_TELEMETRY_DISABLED: "1" },
  });
  return exitCode === 0 ? "" : printed || `ended with ${exitCode}`;
}
