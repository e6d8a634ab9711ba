import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withCloneLock } from "./clone-lock.mjs";
import { checkNode, npm, npmEnvironment } from "./install.mjs";

test("a Node that is too old is refused in words, a newer one is welcome", () => {
  for (const version of ["18.20.0", "20.18.3"]) expect(() => checkNode(version)).toThrow(`this is ${version}`);
  for (const version of ["20.19.0", "22.0.0", "24.1.0"]) expect(() => checkNode(version)).not.toThrow();
});

test("the npm that runs us installs; without one it is the npm of the path", () => {
  const directory = mkdtempSync(join(tmpdir(), "wheelhouse-npm-"));
  const script = join(directory, "npm-cli.js");
  writeFileSync(script, "");
  expect(npm(script)).toEqual({ command: process.execPath, commandLine: [script] });
  expect(npm(join(directory, "absent.js"))).toEqual({ command: "npm", commandLine: [] });
  expect(npm("")).toEqual({ command: "npm", commandLine: [] });
  rmSync(directory, { recursive: true });
});

test("an account without a home of its own gets a cache elsewhere", () => {
  expect(npmEnvironment(tmpdir())).toEqual({});
  expect(npmEnvironment("/nonexistent").npm_config_cache).toContain(tmpdir());
});

test("two commands in one clone work one after the other", async () => {
  const directory = mkdtempSync(join(tmpdir(), "wheelhouse-lock-"));
  const lock = join(directory, "lock");
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    events.push(`${name} ends`);
  };
  await Promise.all([withCloneLock(work("one"), lock), withCloneLock(work("two"), lock)]);
  expect(events).toEqual(["one begins", "one ends", "two begins", "two ends"]);
  rmSync(directory, { recursive: true });
});

test("the lock of a command that was killed is taken over", async () => {
  const directory = mkdtempSync(join(tmpdir(), "wheelhouse-lock-"));
  const lock = join(directory, "lock");
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  mkdirSync(lock);
  writeFileSync(join(lock, "pid"), String(pid));
  expect(await withCloneLock(async () => "done", lock)).toBe("done");
  rmSync(directory, { recursive: true });
});
