import fc from "fast-check";
import { expect, test } from "vitest";
import type { SnapshotChange } from "@/server/contracts/snapshot.ts";
import { changedFields, differencesAt } from "./fold-history.ts";

const change = (
  position: string,
  operation: SnapshotChange["operation"],
  fields: Record<string, unknown> = {},
): SnapshotChange => ({
  position,
  operation,
  fields,
  time: "2026-08-19T14:30:01.000Z",
  late: false,
  record: { topic: "sap.LIKP", partition: 0, offset: position, timestamp: "2026-08-19T14:30:01.000Z" },
});

const HISTORY = [
  change("1", "create", { VBELN: "1", ROUTE: "US0114", WADAT: "20261116" }),
  change("2", "update", { ROUTE: "US0118", WADAT: "20261117" }),
  change("3", "gap"),
  change("4", "update", { ROUTE: "US0118", ANZPK: "22" }),
];

test("a change is told by the fields it moves, not by those it merely carries", () => {
  expect(changedFields(HISTORY, "1")).toEqual(["VBELN", "ROUTE", "WADAT"]);
  expect(changedFields(HISTORY, "2")).toEqual(["ROUTE", "WADAT"]);
  expect(changedFields(HISTORY, "3")).toEqual([]);
  expect(changedFields(HISTORY, "4")).toEqual(["ANZPK"]);
  expect(differencesAt(HISTORY, "2")).toContainEqual({
    field: "ROUTE",
    before: "US0114",
    after: "US0118",
    isChanged: true,
  });
  expect(differencesAt(HISTORY, "9")).toEqual([]);
});

test("a whole row drops what stood there before", () => {
  const reread = [...HISTORY, change("5", "read", { VBELN: "1" })];
  expect(changedFields(reread, "5").sort()).toEqual(["ANZPK", "ROUTE", "WADAT"]);
});

test("the order of arrival does not matter", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(HISTORY, { minLength: HISTORY.length }), (shuffled) => {
      for (const { position } of HISTORY)
        expect(differencesAt(shuffled, position)).toEqual(differencesAt(HISTORY, position));
    }),
  );
});
