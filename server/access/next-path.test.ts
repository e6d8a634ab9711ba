import fc from "fast-check";
import { expect, test } from "vitest";
import { safeNextPath } from "./next-path.ts";

test.each(["/", "/fleet", "/fleet?vehicle=T1&z=5#x", "/orders/sap:100:1"])("%s is a page of this tower", (path) => {
  expect(safeNextPath(path)).toBe(path);
});

test.each([
  null,
  undefined,
  "",
  "fleet",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n//evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "/a\\b",
  `/${"a".repeat(3_000)}`,
])("%j leads to the front page", (path) => {
  expect(safeNextPath(path)).toBe("/");
});

test("whatever is asked for, a browser stays on the tower", () => {
  const base = "http://tower.example";
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("/", "\\", ".", ":", "@", "\t", "\n", "a", "?", "#", "%", " ") }),
      (path) => {
        expect(new URL(safeNextPath(path), base).origin).toBe(base);
      },
    ),
  );
});
