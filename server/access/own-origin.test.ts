import { expect, test } from "vitest";
import { createOriginCheck } from "./own-origin.ts";

test.each([
  ["http://127.0.0.1:3000", "127.0.0.1:3000", true],
  ["http://localhost:3000", "localhost:3000", true],
  ["http://192.168.1.5:3000", "192.168.1.5:3000", true],
  ["http://127.0.0.1:3001", "127.0.0.1:3000", false],
  ["http://localhost:3000", "127.0.0.1:3000", false],
  ["https://evil.example", "127.0.0.1:3000", false],
  ["http://127.0.0.1:3000.evil.example", "127.0.0.1:3000", false],
  ["null", "127.0.0.1:3000", false],
  ["null", null, false],
  ["", "", false],
  ["http://a b", "a b", false],
])("without a public URL, %s to the host %s is ours: %s", (origin, host, expected) => {
  expect(createOriginCheck(null)(origin, host)).toBe(expected);
});

test.each([
  ["https://tower.example", "tower.example", true],
  ["https://tower.example", "10.0.0.5:3000", true],
  ["http://127.0.0.1:3000", "127.0.0.1:3000", true],
  ["http://tower.example", "tower.example", false],
  ["https://tower.example.evil.example", "tower.example", false],
  ["https://other.example", "other.example", false],
])("with the public URL https://tower.example, %s to the host %s is ours: %s", (origin, host, expected) => {
  expect(createOriginCheck("https://tower.example/path")(origin, host)).toBe(expected);
});
