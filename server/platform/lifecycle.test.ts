import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Managed, startAll, together } from "./lifecycle.ts";

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

test("parts that start together are stopped together, also when one of them could not start", async () => {
  const said: string[] = [];
  const part = (name: string, start: () => Promise<void>): Managed => ({
    name,
    start,
    stop: async () => void said.push(`${name} stopped`),
  });
  const starts = (name: string) => part(name, async () => void said.push(`${name} started`));
  const both = together("both", [starts("a"), starts("b")]);
  await both.start();
  await both.stop();
  expect(said).toEqual(["a started", "b started", "a stopped", "b stopped"]);

  said.length = 0;
  const failing = part("b", () => Promise.reject(new Error("no room")));
  await expect(together("some", [starts("a"), failing]).start()).rejects.toThrow("no room");
  expect(said).toEqual(["a started", "a stopped"]);
});
