import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Managed, startAll } from "./lifecycle.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const asked: string[] = [];
const aPart = (name: string, stop: () => Promise<void>): Managed => ({
  name,
  start: async () => {},
  stop() {
    asked.push(name);
    return stop();
  },
});

test("parts that do not stop are given up after ten seconds together, and all of them are asked", async () => {
  const hangs = () => new Promise<void>(() => {});
  const reported: string[] = [];
  const parts = [aPart("first", async () => {}), aPart("second", hangs), aPart("third", hangs)];
  const stopAll = await startAll(parts, (name) => void reported.push(name));
  let isStopped = false;
  void stopAll().then(() => {
    isStopped = true;
  });
  await vi.advanceTimersByTimeAsync(10_001);
  expect({ asked, reported, isStopped }).toEqual({
    asked: ["third", "second", "first"],
    reported: ["third", "second"],
    isStopped: true,
  });
});
