import { expect, test } from "vitest";
import { sourceTimeMs } from "./source-time.ts";

test("a change of SAP says its time to the hundredth of a second", () => {
  const position = "20260819143001250000000000000000004";
  expect(sourceTimeMs("sap", position)).toBe(Date.parse("2026-08-19T14:30:01.250Z"));
});

test("a row of a full load says when it was loaded", () => {
  expect(sourceTimeMs("sap", "0".repeat(16) + "1787133601412".padStart(19, "0"))).toBe(1787133601412);
});

test("a Salesforce event says its commit time", () => {
  expect(sourceTimeMs("salesforce", "001787133601000.00000010706384729102.0000000001")).toBe(1787133601000);
});

test.each([
  ["sap", ""],
  ["sap", "20261319143001250000000000000000004"],
  ["salesforce", "soon"],
  ["master", "00000000000000000042"],
])("a position without a time says so: %s %s", (system, position) => {
  expect(sourceTimeMs(system, position)).toBeNull();
});
