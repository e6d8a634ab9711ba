import { expect, test } from "vitest";
import { RecordRate } from "./record-rate.ts";

test("the rate is that of the last ten seconds, and falls to nothing when no more records come", () => {
  let now = 1_000_000;
  const rate = new RecordRate(() => now);
  for (let second = 0; second < 20; second++) {
    now += 1000;
    rate.add(40);
    rate.add(60);
  }
  expect(rate.perSecond()).toBe(100);
  now += 5000;
  expect(rate.perSecond()).toBe(50);
  now += 5000;
  expect(rate.perSecond()).toBe(0);
});
