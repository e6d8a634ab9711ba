import { expect, test } from "vitest";
import { sizeWords } from "./size-words.ts";

test("sizes have three digits and the unit that fits them", () => {
  expect([0, 1234, 99_960, 123_456, 999_600, 15_300_000_000].map(sizeWords)).toEqual([
    "0.00 kB",
    "1.23 kB",
    "100 kB",
    "123 kB",
    "1.00 MB",
    "15.3 GB",
  ]);
});
