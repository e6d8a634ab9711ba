import { existsSync, readFileSync } from "node:fs";

/**
 * How many tests of a stage passed and failed. A stage that failed without a failed test (a file that does not load, a
 * setup that throws, a report that is missing) counts as one failure: it must not look like success.
 */
export function countStage({ exitCode, passed, failed }) {
  if (exitCode === 0 && failed === 0 && passed > 0) return { passed, failed: 0 };
  return { passed, failed: Math.max(failed, 1) };
}

export function countVitest(exitCode, reportFile) {
  const report = readReport(reportFile);
  const brokenFiles = report?.testResults?.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const failed = (report?.numFailedTests ?? 0) + (brokenFiles?.length ?? 0);
  return countStage({ exitCode, passed: report?.numPassedTests ?? 0, failed });
}

export function countPlaywright(exitCode, reportFile) {
  const stats = readReport(reportFile)?.stats;
  return countStage({ exitCode, passed: stats?.expected ?? 0, failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0) });
}

export function addCounts(counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  return { passed: sum("passed"), failed: sum("failed") };
}

function readReport(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
