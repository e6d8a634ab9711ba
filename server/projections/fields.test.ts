import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decimal,
  isFlagged,
  material,
  rowFact,
  rowsOf,
  sapDay,
  sapId,
  sapLocalTime,
  sapMoney,
  sapRef,
  siteOf,
  text,
  unpad,
} from "./fields.ts";
import { aRow } from "./testing.ts";

const row = (fields: Record<string, unknown>) => aRow("VBAK", { MANDT: "100", ...fields });

test("a blank, a missing and an odd value are nothing; a number is its text", () => {
  const fields = { A: " EA ", B: "   ", C: 12, D: null, E: { odd: true } };
  expect(["A", "B", "C", "D", "E", "F", "toString"].map((field) => text(row(fields), field))).toEqual([
    "EA",
    null,
    "12",
    null,
    null,
    null,
    null,
  ]);
  expect(isFlagged(row({ LOEKZ: "X" }), "LOEKZ")).toBe(true);
  expect(isFlagged(row({ LOEKZ: " " }), "LOEKZ")).toBe(false);
});

test("leading zeros go only where all is digits", () => {
  expect(["0080012345", "A0001", "0000", "000A"].map(unpad)).toEqual(["80012345", "A0001", "0", "000A"]);
});

test("an id is the same however its number was padded", () => {
  expect(sapId("100", "12345")).toBe("sap:100:0000012345");
  expect(sapId("100", "0000012345")).toBe("sap:100:0000012345");
  expect(sapId("100", "SITE-7")).toBe("sap:100:SITE-7");
  expect(sapRef(row({ KUNNR: "0000000000" }), "KUNNR")).toBeNull();
  expect(sapRef(row({ KUNNR: "0000001000" }), "KUNNR")).toBe("sap:100:0000001000");
  expect(siteOf(row({ KUNNR: "0000001000" }), "KUNNR")).toBe("1000");
  expect(["104711", `${"0".repeat(34)}104711`, "PUMP-1"].map((MATNR) => material(row({ MATNR })))).toEqual([
    "000000000000104711",
    "000000000000104711",
    "PUMP-1",
  ]);
});

test("initial, open-ended and impossible days are no day", () => {
  const days = ["20260819", "00000000", "        ", "99991231", "20260230", "2026-08-19", undefined];
  expect(days.map((VDATU) => sapDay(row({ VDATU }), "VDATU"))).toEqual(["2026-08-19", ...Array(6).fill(null)]);
});

test("a time counts only with its day, and 24 o'clock is the next day's midnight", () => {
  const at = (day: string, time?: string) => sapLocalTime(row({ D: day, T: time }), "D", "T");
  expect(at("20261231", "143001")).toBe("2026-12-31T14:30:01");
  expect(at("20261231", "240000")).toBe("2027-01-01T00:00:00");
  expect(at("20261231")).toBe("2026-12-31T00:00:00");
  expect(at("20261231", "996199")).toBe("2026-12-31T00:00:00");
  expect(at("00000000", "143001")).toBeNull();
});

test.each([
  ["480.000", "480.000"],
  ["  12.500- ", "-12.500"],
  ["-12.5", "-12.5"],
  ["0.000-", "0.000"],
  ["00012", "12"],
  [".5", "0.5"],
  ["1.234,50-", "-1234.50"],
  ["1.2E3", "1200"],
  ["1e99999999", null],
  ["12.5.1", null],
  ["EA", null],
  ["", null],
  ["9".repeat(61), null],
])("a number is read as decimal text: %s", (sent, expected) => {
  expect(decimal(row({ MENGE: sent }), "MENGE")).toBe(expected);
});

test("whatever a field holds, a number is decimal text or nothing", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String)), (sent) => {
      expect(decimal(row({ MENGE: sent }), "MENGE") ?? "0").toMatch(/^-?\d+(\.\d+)?$/);
    }),
  );
});

test.each([
  ["1250.00", "USD", "1250.00"],
  ["1.00", "JPY", "100"],
  ["1250.00", "KWD", "125.000"],
  ["12.50-", "KRW", "-1250"],
  ["1250.00", "", null],
])("an amount has its currency's own places: %s %s", (NETWR, WAERK, amount) => {
  expect(sapMoney(row({ NETWR, WAERK }), "NETWR", "WAERK")).toEqual(amount && { amount, currency: WAERK });
});

test("a fact has the time of the change that set its field", () => {
  const goodsIssue = aRow("LIKP", { WADAT_IST: "20260819", LFART: "LF" });
  expect(rowFact(goodsIssue, "WADAT_IST", "2026-08-19")).toEqual({
    day: "2026-08-19",
    atMs: Date.parse("2026-08-19T14:30:01Z"),
    record: { topic: "sap.LIKP", partition: 0, offset: "7", timestampMs: Date.parse("2026-08-19T14:30:02Z") },
  });
  expect(rowFact(goodsIssue, "NEVER_SENT", null).atMs).toBe(Date.parse("2026-08-19T14:30:02Z"));
});

test("rows of an entity come sorted by key", () => {
  const rows = ["3", "1", "2"].map((key) => aRow("VBAP", {}, { key }));
  expect(rowsOf([...rows, aRow("VBEP", {})], "VBAP").map(({ key }) => key)).toEqual(["1", "2", "3"]);
});
