import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  array,
  boolean,
  bytes,
  constant,
  type FieldType,
  int8,
  int16,
  int32,
  int64,
  nullableArray,
  nullableBytes,
  nullableString,
  since,
  string,
  struct,
  uuid,
  type Version,
} from "./field-type.ts";
import { ProtocolError } from "./protocol-error.ts";
import { Reader } from "./reader.ts";
import { Writer } from "./writer.ts";

const VERSIONS: Version[] = [
  { number: 1, flexible: false },
  { number: 5, flexible: true },
];

function encode<Value>(type: FieldType<Value>, value: Value, version: Version): Buffer {
  const writer = new Writer();
  type.write(writer, value, version);
  const encoded = Buffer.concat(writer.finish());
  expect(writer.sizeBytes).toBe(encoded.length);
  return encoded;
}

function expectRoundTrip<Value>(type: FieldType<Value>, values: fc.Arbitrary<Value>): void {
  fc.assert(
    fc.property(values, fc.constantFrom(...VERSIONS), (value, version) => {
      const reader = new Reader(encode(type, value, version));
      expect(type.read(reader, version)).toEqual(value);
      expect(reader.remaining).toBe(0);
    }),
  );
}

const anyBuffer = fc.uint8Array({ maxLength: 3000 }).map((content) => Buffer.from(content));

describe("what is written is read back", () => {
  test("numbers of every width", () => {
    expectRoundTrip(int8, fc.integer({ min: -128, max: 127 }));
    expectRoundTrip(int16, fc.integer({ min: -32_768, max: 32_767 }));
    expectRoundTrip(int32, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
    expectRoundTrip(int64, fc.maxSafeInteger());
    expectRoundTrip(boolean, fc.boolean());
  });

  test("texts and bytes, null among them, short and long", () => {
    const anyText = fc.string({ unit: "binary", maxLength: 1500 });
    expectRoundTrip(string, anyText);
    expectRoundTrip(nullableString, fc.option(anyText));
    expectRoundTrip(bytes, anyBuffer);
    expectRoundTrip(nullableBytes, fc.option(anyBuffer));
    expectRoundTrip(
      uuid,
      fc.uint8Array({ minLength: 16, maxLength: 16 }).map((content) => Buffer.from(content)),
    );
  });

  test("structures within arrays", () => {
    const point = struct({ name: string, offset: int64, tags: nullableArray(int16) });
    const anyPoint = fc.record({
      name: fc.string(),
      offset: fc.maxSafeInteger(),
      tags: fc.option(fc.array(fc.integer({ min: -5, max: 5 }))),
    });
    expectRoundTrip(array(point), fc.array(anyPoint, { maxLength: 50 }));
  });
});

test("a field outside its versions takes no bytes and reads as absent", () => {
  const type = struct({ old: since(0, int32, -1, 3), recent: since(4, int32, -2), always: constant(int8, 7) });
  const [early, late] = VERSIONS as [Version, Version];
  expect(encode(type, { old: 1, recent: 2 }, early).toString("hex")).toBe("0000000107");
  expect(type.read(new Reader(Buffer.from("0000000107", "hex")), early)).toMatchObject({ old: 1, recent: -2 });
  expect(encode(type, { old: 1, recent: 2 }, late).toString("hex")).toBe("000000020700");
  expect(type.read(new Reader(Buffer.from("000000020700", "hex")), late)).toMatchObject({ old: -1, recent: 2 });
});

describe("bytes that lie", () => {
  const plain: Version = { number: 0, flexible: false };
  const flexible: Version = { number: 9, flexible: true };
  const read = (type: FieldType<unknown>, hex: string, version = plain) =>
    type.read(new Reader(Buffer.from(hex, "hex")), version);

  test.each([
    ["a string longer than the request", string, "7fff41", plain],
    ["bytes longer than the request", bytes, "7fffffff41", plain],
    ["an array of two thousand million elements", array(int8), "7fffffff0000", plain],
    ["an array with more elements than bytes", array(int8), "000000040000", plain],
    ["a length below null", string, "fffe", plain],
    ["null where a value is required", string, "ffff", plain],
    ["a number that is cut off", int64, "00000000", plain],
    ["a number no offset can have", int64, "7fffffffffffffff", plain],
    ["a variable-length number without an end", string, "ffffffffffffffff", flexible],
    ["tagged fields beyond the end", struct({}), "01007f", flexible],
  ])("%s is a protocol error", (_, type, hex, version) => {
    expect(() => read(type as FieldType<unknown>, hex, version)).toThrow(ProtocolError);
  });
});
