import { expect, test } from "vitest";
import { growth, Samples } from "./samples.ts";

test("tells how figures are spread since the last time it was asked", () => {
  const samples = new Samples();
  for (let value = 100; value >= 1; value--) samples.add(value);
  expect(samples.take()).toEqual({ count: 100, p50: 51, p95: 96, p99: 100, max: 100 });
  samples.add(7);
  expect(samples.take()).toMatchObject({ count: 1, p50: 7, max: 7 });
});

test("what was never seen is in no bound", () => {
  expect(new Samples().take()).toMatchObject({ count: 0, p99: Number.POSITIVE_INFINITY });
});

test("growth is that of the last third over the first", () => {
  expect(growth([1, 3, 50, 60, 10, 12])).toBe(9);
  expect(growth([4])).toBe(0);
});
