import { expect, test } from "vitest";
import type { Operation } from "../domain/change.ts";
import { type FieldChange, fieldsSince } from "./field-history.ts";
import { rowFact } from "./fields.ts";
import { aRow, sapPosition } from "./testing.ts";

const change = (n: number, operation: Operation, fields: Record<string, unknown>): FieldChange => ({
  ...{ operation, fields, position: sapPosition(n) },
  record: { topic: "sap.LIKP", partition: 0, offset: BigInt(n), timestampMs: n },
});
const since = (...changes: FieldChange[]) => fieldsSince(changes, ["WADAT_IST"]).WADAT_IST?.record.offset;
const ISSUED = { WADAT_IST: "20260819" };

test("a field holds its value since the first change of the last unbroken run of it", () => {
  expect(
    since(change(1, "create", { WADAT_IST: "00000000" }), change(2, "update", ISSUED), change(3, "update", ISSUED)),
  ).toBe(2n);
  expect(
    since(change(1, "create", ISSUED), change(2, "update", { WADAT_IST: "00000000" }), change(3, "update", ISSUED)),
  ).toBe(3n);
  expect(since(change(1, "create", ISSUED), change(2, "update", {}), change(3, "read", ISSUED))).toBe(1n);
});

test("a whole row without the field ends the run, and so the field is not held", () => {
  expect(since(change(1, "create", ISSUED), change(2, "create", {}))).toBeUndefined();
  expect(since(change(1, "create", ISSUED), change(2, "create", {}), change(3, "update", ISSUED))).toBe(3n);
});

test("a fact has the time and the record of the change that brought it, not of the last that repeated it", () => {
  const row = aRow("LIKP", ISSUED, {
    since: { WADAT_IST: { position: `2026081908000000${"0".repeat(19)}`, record: change(2, "update", {}).record } },
  });
  expect(rowFact(row, "WADAT_IST", "2026-08-19")).toEqual({
    day: "2026-08-19",
    atMs: Date.parse("2026-08-19T08:00:00Z"),
    record: { topic: "sap.LIKP", partition: 0, offset: "2", timestampMs: 2 },
  });
});
