import { expect, test } from "vitest";
import { hexLines, isJsonValue, parseDocument, textOfBytes, valueText, withValue } from "./record-text.ts";

const RECORD = '{"message":{"data":{"VBELN":"0080334612","BTGEW":17427.000},"commitNumber":9007199254740993}}';

test("mending one field keeps every digit of the others", () => {
  const mended = withValue(RECORD, "/message/data/VBELN", '"0080334613"');
  expect(mended).toBe('{"message":{"data":{"VBELN":"0080334613","BTGEW":17427.000},"commitNumber":9007199254740993}}');
});

test("a field that is not there is added where it belongs, and an emptied one is taken away", () => {
  expect(withValue("{}", "/message/data/MANDT", '"100"')).toBe('{"message":{"data":{"MANDT":"100"}}}');
  expect(withValue(RECORD, "/message/data/BTGEW", "")).not.toContain("BTGEW");
  expect(withValue('{"a/b":{"~":1}}', "/a~1b/~0", "2")).toBe('{"a/b":{"~":2}}');
});

test("values are shown just as they stand in the record", () => {
  const document = parseDocument(RECORD);
  expect(valueText(document, "/message/data/BTGEW")).toBe("17427.000");
  expect(valueText(document, "/message/data/VBELN")).toBe('"0080334612"');
  expect(valueText(document, "/message/data/NOPE")).toBeNull();
  expect(valueText(document, "/message/commitNumber/digits")).toBeNull();
});

test("what is no JSON object has no fields, and bytes that are no text are shown as bytes", () => {
  for (const text of ["{", "[]", "1", "", null]) expect(parseDocument(text)).toBeUndefined();
  expect(isJsonValue('"20261130"')).toBe(true);
  expect(isJsonValue("2026-11-30")).toBe(false);
  const bytes = Uint8Array.from([0xff, 0x00, 0x41, ...new Array(16).fill(0x42)]);
  expect(textOfBytes(bytes)).toBeNull();
  expect(hexLines(bytes, 1_000)).toEqual([
    "000000  ff 00 41 42 42 42 42 42 42 42 42 42 42 42 42 42  ..ABBBBBBBBBBBBB",
    "000010  42 42 42                                         BBB",
  ]);
  expect(hexLines(bytes, 16)).toHaveLength(1);
});
