import { expect, test } from "vitest";
import { openDoorLines } from "./open-door.ts";

test.each([
  ["127.0.0.1", undefined],
  ["localhost", "http://tower.example"],
  ["0.0.0.0", "https://tower.example"],
])("a tower on %s with the public address %s has nothing to be told about", (host, publicUrl) => {
  expect(openDoorLines({ host, publicUrl })).toEqual([]);
});

test.each([
  ["0.0.0.0", undefined],
  ["::", "http://tower.example"],
])("who opens %s with the public address %s is told that passwords travel as plain text", (host, publicUrl) => {
  expect(openDoorLines({ host, publicUrl }).join(" ")).toMatch(/HOST=.*plain text.*WHEELHOUSE_PUBLIC_URL/);
});
