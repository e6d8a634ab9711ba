import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashOfSources, isStamped, writeStamp } from "./stamp.mjs";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "wheelhouse-stamp-"));
  mkdirSync(join(directory, "server/pipeline"), { recursive: true });
  writeFileSync(join(directory, "server/main.ts"), "main");
  writeFileSync(join(directory, "server/pipeline/step.ts"), "step");
  writeFileSync(join(directory, "package.json"), "{}");
});
afterEach(() => rmSync(directory, { recursive: true }));

const hash = (isRelevant?: (path: string) => boolean) =>
  hashOfSources(directory, ["server", "package.json", "absent"], isRelevant);

test("a touched file changes nothing, a changed, added, renamed or removed one does", () => {
  const before = hash();
  utimesSync(join(directory, "server/main.ts"), new Date(0), new Date(0));
  expect(hash()).toBe(before);

  const seen = new Set([before]);
  const differs = () => {
    const now = hash();
    expect(seen.has(now)).toBe(false);
    seen.add(now);
  };
  writeFileSync(join(directory, "server/pipeline/step.ts"), "step two");
  differs();
  writeFileSync(join(directory, "server/pipeline/other.ts"), "");
  differs();
  rmSync(join(directory, "server/pipeline/other.ts"));
  writeFileSync(join(directory, "server/pipeline/another.ts"), "");
  differs();
  rmSync(join(directory, "server/pipeline"), { recursive: true });
  differs();
});

test("content that moves from one file to the next is a change", () => {
  writeFileSync(join(directory, "server/a.ts"), "ab");
  writeFileSync(join(directory, "server/b.ts"), "c");
  const before = hash();
  writeFileSync(join(directory, "server/a.ts"), "a");
  writeFileSync(join(directory, "server/b.ts"), "bc");
  expect(hash()).not.toBe(before);
});

test("what is not relevant may change", () => {
  const isRelevant = (path: string) => !path.endsWith(".test.ts");
  const before = hash(isRelevant);
  writeFileSync(join(directory, "server/main.test.ts"), "test");
  expect(hash(isRelevant)).toBe(before);
});

test("a stamp is only good for the sources it was written for", () => {
  const stamp = join(directory, "dist/.stamp");
  expect(isStamped(stamp, "one")).toBe(false);
  writeStamp(stamp, "one");
  expect(isStamped(stamp, "one")).toBe(true);
  expect(isStamped(stamp, "two")).toBe(false);
});
