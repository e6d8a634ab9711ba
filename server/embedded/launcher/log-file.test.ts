import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { errorText, keepOutput } from "./child-output.ts";
import { openLogFile } from "./log-file.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "wheelhouse-log-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

test("a log never grows past two files, and keeps the newest lines", () => {
  const log = openLogFile(join(directory, "tower.log"), 100);
  for (let line = 0; line < 1000; line++) log.write(`line ${line}`);
  log.close();
  expect(readdirSync(directory).toSorted()).toEqual(["tower.log", "tower.log.1"]);
  const kept =
    readFileSync(join(directory, "tower.log.1"), "utf8") + readFileSync(join(directory, "tower.log"), "utf8");
  expect(kept.trim().split("\n").at(-1)).toBe("line 999");
  expect(kept.length).toBeLessThan(250);
});

test("errors are shown on the terminal, everything is kept in the file", () => {
  const shown: string[] = [];
  const output = keepOutput({
    name: "tower",
    file: join(directory, "tower.log"),
    show: (line) => void shown.push(line),
  });
  const lines = [
    '{"level":"info","msg":"fine"}',
    "plain",
    '{"level":"error","msg":"no broker","err":{"message":"refused"}}',
  ];
  for (const line of lines) output.take(line);
  output.close();
  expect(shown).toEqual(["tower: no broker: refused"]);
  expect(readFileSync(join(directory, "tower.log"), "utf8").trim().split("\n")).toEqual(lines);
});

test("after a crash the last lines are shown, once and in order", () => {
  const shown: string[] = [];
  const output = keepOutput({
    name: "tower",
    file: join(directory, "tower.log"),
    show: (line) => void shown.push(line),
  });
  for (let line = 0; line < 100; line++) output.take(`line ${line}`);
  output.showLast();
  output.showLast();
  output.close();
  expect(shown).toHaveLength(20);
  expect(shown.at(-1)).toBe("tower | line 99");
});

test("a line that only looks like an error is not one", () => {
  expect(errorText('"level":"error" but no JSON')).toBeNull();
});
