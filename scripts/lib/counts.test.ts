import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addCounts, countPlaywright, countStage, countVitest } from "./counts.mjs";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "wheelhouse-counts-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function report(content: unknown): string {
  const file = join(directory, "report.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

test("a stage that ran nothing, or failed without a failed test, counts as a failure", () => {
  expect(countStage({ exitCode: 0, passed: 3, failed: 0 })).toEqual({ passed: 3, failed: 0 });
  expect(countStage({ exitCode: 0, passed: 0, failed: 0 })).toEqual({ passed: 0, failed: 1 });
  expect(countStage({ exitCode: 1, passed: 3, failed: 0 })).toEqual({ passed: 3, failed: 1 });
  expect(countStage({ exitCode: 1, passed: 3, failed: 2 })).toEqual({ passed: 3, failed: 2 });
});

test("a file that does not load counts beside the tests that failed", () => {
  const broken = { status: "failed", assertionResults: [] };
  const failing = { status: "failed", assertionResults: [{}] };
  const file = report({ numPassedTests: 5, numFailedTests: 1, testResults: [broken, failing] });
  expect(countVitest(1, file)).toEqual({ passed: 5, failed: 2 });
});

test("a browser test that passed only when repeated is not a pass", () => {
  const file = report({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } });
  expect(countPlaywright(1, file)).toEqual({ passed: 4, failed: 2 });
});

test("a report that is missing or cut off is a failure", () => {
  expect(countVitest(0, join(directory, "absent.json"))).toEqual({ passed: 0, failed: 1 });
  expect(countPlaywright(0, report('{"stats":{"expec'))).toEqual({ passed: 0, failed: 1 });
});

test("stages add up", () => {
  expect(
    addCounts([
      { passed: 1, failed: 0 },
      { passed: 2, failed: 3 },
    ]),
  ).toEqual({ passed: 3, failed: 3 });
  expect(addCounts([])).toEqual({ passed: 0, failed: 0 });
});
