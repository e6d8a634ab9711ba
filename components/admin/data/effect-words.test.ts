import { expect, test } from "vitest";
import { en } from "@/components/messages/en.ts";
import type { ReplayEffect } from "@/server/contracts/dead-letter.ts";
import { effectWords } from "./effect-words.ts";
import { linkPath } from "./link-path.ts";

const effect = (over: Partial<ReplayEffect> = {}): ReplayEffect => ({
  effect: "appears",
  system: "sap",
  entity: "LIKP",
  key: "100|0080334612",
  rowTitle: "Delivery",
  changes: [],
  ...over,
});
const changes = (...fields: string[]) => fields.map((field) => ({ field, before: null, after: "1" }));

test("what a replay would come to is said in words before it is pressed", () => {
  expect(effectWords([effect()], en)).toBe("Delivery 0080334612 appears");
  expect(effectWords([effect({ effect: "changes", changes: changes("WADAT", "ROUTE") })], en)).toBe(
    "Delivery 0080334612 changes in WADAT, ROUTE",
  );
  expect(effectWords([effect({ effect: "changes", changes: changes("A", "B", "C", "D", "E") })], en)).toBe(
    "Delivery 0080334612 changes in A, B, C and 2 more",
  );
  expect(effectWords([], en)).toBe("nothing would change");
  const merged = [1, 2, 3, 4].map((n) => effect({ key: `001${n}`, rowTitle: "Account" }));
  expect(effectWords(merged, en)).toBe("Account 0011 appears, Account 0012 appears and 2 more");
});

test("orders and vehicles open their page; what has none is only named", () => {
  expect(linkPath("sales_order", "sap:100:0000012345")).toBe("/orders?order=sap:100:0000012345");
  expect(linkPath("vehicle", "T 1")).toBe("/fleet?vehicle=T%201");
  expect(linkPath("material", "sap:100:1")).toBeNull();
});
