import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { citedPaths, missingPaths } from "./cited-paths.mjs";

test("what looks like a path of the tree is one; commands, placeholders and other words are not", () => {
  const text =
    "See `server/pipeline/step.ts`, `docs/` and `server/main.ts:12`. Run `npm start`, `GET /api/v1/vehicles`, `e2e/<journey>.spec.ts`, `server/*.ts`.";
  expect(citedPaths(text)).toEqual(["server/pipeline/step.ts", "server/main.ts"]);
});

test("what a build or a run makes may be cited", () => {
  expect(citedPaths("`bench/results.json` and `public/basemap/roads.json`")).toEqual([]);
});

test("a cited path that is not there is named with its page", () => {
  const clone = mkdtempSync(join(tmpdir(), "wheelhouse-cited-"));
  mkdirSync(join(clone, "docs/decisions"), { recursive: true });
  mkdirSync(join(clone, "server"));
  writeFileSync(join(clone, "server/main.ts"), "");
  writeFileSync(join(clone, "README.md"), "`server/main.ts`");
  writeFileSync(join(clone, "docs/decisions/one.md"), "`server/gone.ts`");
  expect(missingPaths(clone)).toEqual(["docs/decisions/one.md: server/gone.ts"]);
  rmSync(clone, { recursive: true });
});
