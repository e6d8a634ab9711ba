import { createRequire } from "node:module";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { calmRequestQueueTimer } from "./request-queue-timer.ts";

const RequestQueue = createRequire(import.meta.url)("kafkajs/src/network/requestQueue");

describe("calmRequestQueueTimer", () => {
  beforeEach(() => {
    calmRequestQueueTimer();
    vi.useFakeTimers();
  });

  const aQueue = () =>
    Object.assign(Object.create(RequestQueue.prototype), {
      pending: [],
      throttledUntil: -1,
      throttleCheckTimeoutId: null,
      checkPendingRequests: vi.fn(),
    });

  test("an idle connection sets no timer", () => {
    const queue = aQueue();
    queue.scheduleCheckPendingRequests();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("a waiting request is looked at again", () => {
    const queue = aQueue();
    queue.pending.push({});
    queue.scheduleCheckPendingRequests();
    vi.advanceTimersByTime(10);
    expect(queue.checkPendingRequests).toHaveBeenCalledOnce();
  });

  test("a throttled connection looks again when the broker lets it", () => {
    const queue = aQueue();
    queue.throttledUntil = Date.now() + 500;
    queue.scheduleCheckPendingRequests();
    vi.advanceTimersByTime(499);
    expect(queue.checkPendingRequests).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(queue.checkPendingRequests).toHaveBeenCalledOnce();
  });
});
