import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cloneDirectory } from "./clone.mjs";

const read = (path: string) => readFileSync(join(cloneDirectory, path), "utf8");

test("every setting stands in the table for those who operate a tower, and nothing else does", () => {
  const settings = [...read("server/env.ts").matchAll(/^ {4}([A-Z][A-Z_]+): /gm)].map(([, name]) => name!);
  const table = read("docs/operating.md").split("## Settings")[1]!.split("\n## ")[0]!;
  const rows = table.split("\n").filter((line) => line.startsWith("| `"));
  const documented = rows.flatMap((row) => [...row.split(" | ")[0]!.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name!));
  expect(settings.length).toBeGreaterThan(15);
  expect(documented.sort()).toEqual(settings.sort());
});
