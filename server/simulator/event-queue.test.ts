import fc from "fast-check";
import { expect, test } from "vitest";
import { EventQueue } from "./event-queue.ts";

test("what is due comes out by time, and by order of scheduling where times are equal", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
      const queue = new EventQueue<{ timeMs: number; index: number }>();
      const items = times.map((timeMs, index) => ({ timeMs, index }));
      for (const item of items) queue.push(item.timeMs, item);
      const taken = [];
      while (queue.size > 0) taken.push(queue.pop());
      expect(taken).toEqual(items.sort((a, b) => a.timeMs - b.timeMs || a.index - b.index));
      expect(queue.nextMs).toBe(Infinity);
    }),
  );
});

test("what is scheduled while others are taken finds its place", () => {
  const queue = new EventQueue<string>();
  queue.push(10, "ten");
  queue.push(30, "thirty");
  expect(queue.pop()).toBe("ten");
  queue.push(20, "twenty");
  expect([queue.pop(), queue.pop()]).toEqual(["twenty", "thirty"]);
});
