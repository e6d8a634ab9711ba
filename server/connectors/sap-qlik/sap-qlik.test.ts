import { expect, test } from "vitest";
import type { Decoded } from "../connector.ts";
import { sampleRecord } from "../sample-record.ts";
import { sapQlik } from "./sap-qlik.ts";

const sample = (name: string) => new URL(`samples/${name}.json`, import.meta.url);
const decode = (table: string, value: URL | string | Uint8Array | null) =>
  sapQlik.decode(sampleRecord(`sap.${table}`, value, { key: Buffer.from("not the identity") }), table);
const oneChange = (decoded: Decoded) => {
  if (decoded.kind !== "changes") throw new Error(JSON.stringify(decoded));
  expect(decoded.changes).toHaveLength(1);
  return decoded.changes[0]!;
};
const rejection = (decoded: Decoded) => (decoded.kind === "rejected" ? decoded.rejection : decoded);
const message = (headers: object, data: object | null = { MANDT: "100", VBELN: "0080012345" }) =>
  JSON.stringify({ magic: "atMSG", type: "DT", message: { data, beforeData: null, headers } });
const HEADERS = {
  operation: "UPDATE",
  changeSequence: "20260819143001250000000000000000004",
  timestamp: "2026-08-19T14:30:01.000",
};

test("a goods issue becomes an update of its delivery, identified by the row and not by the Kafka key", () => {
  const change = oneChange(decode("LIKP", sample("likp-goods-issue")));
  expect(change).toMatchObject({
    system: "sap",
    entity: "LIKP",
    key: "100|0080012345",
    operation: "update",
    position: "20260819143001250000000000000000004",
    commitTimeMs: Date.parse("2026-08-19T14:30:01.000Z"),
    record: { topic: "sap.LIKP", partition: 3, offset: 118n },
  });
  expect(change.fields).toMatchObject({ WADAT_IST: "20260819", LFART: "LF", BTGEW: "8160.000" });
});

test("an insert is a create, and initial dates stay as they were sent", () => {
  const change = oneChange(decode("LIKP", sample("likp-insert")));
  expect(change.operation).toBe("create");
  expect(change.fields).toMatchObject({ WADAT_IST: "00000000" });
});

test("a delete takes its row from beforeData", () => {
  const change = oneChange(decode("LIKP", sample("likp-delete")));
  expect(change).toMatchObject({ operation: "delete", key: "100|0080012345" });
  expect(change.fields).toMatchObject({ WADAT_IST: "20260819" });
});

test("an envelope reduced to its inner message is read as well", () => {
  const change = oneChange(decode("LIPS", sample("lips-reduced")));
  expect(change).toMatchObject({ entity: "LIPS", key: "100|0080012345|000010", operation: "update" });
});

test("the row of a full load is older than every change and a later load is newer", () => {
  const record = sampleRecord("sap.MARA", sample("mara-refresh"));
  const first = oneChange(sapQlik.decode(record, "MARA"));
  const later = oneChange(sapQlik.decode({ ...record, timestampMs: record.timestampMs + 1 }, "MARA"));
  expect(first).toMatchObject({ operation: "read", key: "100|000000000000104711", commitTimeMs: record.timestampMs });
  expect(first.position).toHaveLength(35);
  expect(first.position < later.position).toBe(true);
  expect(later.position < "19700101000000000000000000000000000").toBe(true);
});

test("tombstones and metadata are ignored", () => {
  expect(decode("LIKP", null).kind).toBe("ignored");
  expect(decode("LIKP", sample("metadata")).kind).toBe("ignored");
});

test("a broken contract names every failing field", () => {
  expect(rejection(decode("LIKP", sample("broken-headers")))).toEqual({
    stage: "contract",
    reason: "contract_violation",
    message:
      "/message/headers/changeSequence should be 35 digits; /message/headers/timestamp should be a UTC time like 2026-08-19T14:30:01.000",
    fields: [
      { path: "/message/headers/changeSequence", expected: "35 digits" },
      { path: "/message/headers/timestamp", expected: "a UTC time like 2026-08-19T14:30:01.000" },
    ],
  });
  expect(rejection(decode("LIKP", message({ ...HEADERS, operation: "MERGE" })))).toMatchObject({
    reason: "contract_violation",
    fields: [{ path: "/message/headers/operation", expected: "one of REFRESH, INSERT, UPDATE, DELETE" }],
  });
  expect(rejection(decode("LIKP", message(HEADERS, null)))).toMatchObject({
    fields: [{ path: "/message/data", expected: "the row as an object" }],
  });
});

test("a row without its key columns, or of a table whose key is not known, is rejected as missing_key", () => {
  expect(rejection(decode("LIKP", message(HEADERS, { MANDT: "100", VBELN: " " })))).toMatchObject({
    stage: "contract",
    reason: "missing_key",
    fields: [{ path: "/message/data/VBELN", expected: "a key value of 1 to 100 characters" }],
  });
  const unknown = rejection(decode("ZTABLE", message(HEADERS)));
  expect(unknown).toMatchObject({ reason: "missing_key", message: expect.stringContaining("ZTABLE") });
});

test.each([
  ["not_json", Buffer.from('{"magic":')],
  ["not_json", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ["empty_value", Buffer.alloc(0)],
  ["too_large", Buffer.alloc(1_000_001, 32)],
  ["unknown_envelope", Buffer.from("[]")],
  ["unknown_envelope", Buffer.from('{"after":{"MANDT":"100"}}')],
])("bytes that cannot be read are rejected in decoding: %s", (reason, bytes) => {
  expect(rejection(decode("LIKP", bytes))).toMatchObject({ stage: "decode", reason });
});

test("a row the database could not hold is rejected by the field that is wrong", () => {
  const nul = message(HEADERS, { MANDT: "100", VBELN: "1", ERNAM: "a\u0000b" });
  expect(rejection(decode("LIKP", nul))).toMatchObject({
    reason: "contract_violation",
    fields: [{ path: "/message/data/ERNAM", expected: "text without NUL or broken characters" }],
  });
  const half = message(HEADERS, { MANDT: "100", VBELN: "1", ERNAM: "HALF" }).replace("HALF", "\\ud800");
  expect(rejection(decode("LIKP", half))).toMatchObject({ fields: [{ path: "/message/data/ERNAM" }] });
});

test("two keys never join to the same text", () => {
  const key = (VBELN: string, POSNR: string) =>
    oneChange(decode("LIPS", message(HEADERS, { MANDT: "100", VBELN, POSNR }))).key;
  expect(key("a|b", "c")).not.toBe(key("a", "b|c"));
  expect(key("a\\", "b")).not.toBe(key("a", "\\b"));
});
