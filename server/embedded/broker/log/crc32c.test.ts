import { expect, test } from "vitest";
import { crc32c } from "./crc32c.ts";

test("the checksum is CRC-32C, by its published check value", () => {
  expect(crc32c(Buffer.from("123456789"), 0, 9)).toBe(0xe3069283);
});

test("a part of a buffer has the checksum of that part alone", () => {
  const bytes = Buffer.from("....the quick brown fox jumps....");
  const part = bytes.subarray(4, 29);
  expect(crc32c(bytes, 4, 29)).toBe(crc32c(part, 0, part.length));
});
