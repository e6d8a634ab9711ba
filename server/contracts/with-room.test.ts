import { expect, test } from "vitest";
import { withRoom } from "./with-room.ts";

test("a column with room is handed back as it is", () => {
  const column = new Uint8Array(8);
  expect(withRoom(column, 8)).toBe(column);
});

test("a larger column keeps its kind and its values, and has room for more than was asked", () => {
  const larger = withRoom(Float64Array.of(1.5, -2), 1_500);
  expect(larger).toBeInstanceOf(Float64Array);
  expect([...larger.subarray(0, 3)]).toEqual([1.5, -2, 0]);
  expect(larger.length).toBe(2_048);
});
