import { expect, test } from "vitest";
import { createLogger } from "../platform/logger.ts";
import { createTouchedReading } from "./touched-reading.ts";

const logger = createLogger("test", "silent");

/** Reads what is in `waiting`; each reading is held up until `go`. */
function aReading(outcomes: (() => Promise<void>)[] = []) {
  const waiting: string[] = [];
  const read: string[][] = [];
  const reading = createTouchedReading({
    isWaiting: () => waiting.length > 0,
    async read() {
      const taken = waiting.splice(0);
      try {
        await outcomes.shift()?.();
      } catch (error) {
        waiting.unshift(...taken);
        throw error;
      }
      read.push(taken);
    },
    logger,
    failure: "tried again",
  });
  const touch = (name: string) => {
    waiting.push(name);
    reading.wake();
  };
  return { reading, read, touch };
}

test("what is touched during a reading is read together in the next", async () => {
  let go: (() => void) | null = null;
  const held = () =>
    new Promise<void>((resolve) => {
      go = resolve;
    });
  const { reading, read, touch } = aReading([held]);
  reading.start();
  touch("a");
  await expect.poll(() => go).not.toBeNull();
  touch("b");
  touch("c");
  go!();
  await expect.poll(() => read).toEqual([["a"], ["b", "c"]]);
  await reading.stop();
});

test("nothing is read before the start nor after the stop", async () => {
  const { reading, read, touch } = aReading();
  touch("a");
  expect(read).toEqual([]);
  reading.start();
  await expect.poll(() => read).toEqual([["a"]]);
  await reading.stop();
  touch("b");
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(read).toEqual([["a"]]);
});

test("a reading that fails is tried again with what it took", async () => {
  const { reading, read, touch } = aReading([() => Promise.reject(new Error("away"))]);
  reading.start();
  touch("a");
  await expect.poll(() => read, { timeout: 10_000 }).toEqual([["a"]]);
  await reading.stop();
});

test("a stop does not wait for the rest after a failure", async () => {
  const { reading, read, touch } = aReading([() => Promise.reject(new Error("away"))]);
  reading.start();
  touch("a");
  await new Promise((resolve) => setImmediate(resolve));
  await reading.stop();
  expect(read).toEqual([]);
});
