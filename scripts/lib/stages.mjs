import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensureChromium } from "./chromium.mjs";
import { cloneDirectory } from "./clone.mjs";
import { countPlaywright, countVitest } from "./counts.mjs";
import { packageScript, run } from "./run.mjs";

const REPORTS = join(cloneDirectory, "test-results");

/** Runs the named vitest projects and returns how many tests passed and failed. */
export async function runVitest(projects, { environment = {}, filters = [] } = {}) {
  const report = freshReport(`${projects.join("-")}.json`);
  const commandLine = ["run", ...projects.map((project) => `--project=${project}`), ...filters];
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { exitCode } = await run(
    process.execPath,
    [packageScript("vitest", "vitest.mjs"), ...commandLine, ...reporters],
    { environment },
  );
  return countVitest(exitCode, report);
}

/** Runs the browser tests against the product that has been built, and returns how many passed and failed. */
export async function runPlaywright(filters = []) {
  const chromium = await ensureChromium();
  const report = freshReport("e2e.json");
  const { exitCode } = await run(process.execPath, [packageScript("@playwright/test", "cli.js"), "test", ...filters], {
    environment: { CHROMIUM_PATH: chromium, E2E_REPORT_FILE: report },
  });
  return countPlaywright(exitCode, report);
}

/** An old report must not be taken for that of a run which wrote none. */
function freshReport(name) {
  const report = join(REPORTS, name);
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  return report;
}
