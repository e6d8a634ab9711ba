import { createRequire } from "node:module";

type RequestQueue = {
  throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  pending: unknown[];
  checkPendingRequests(): void;
};

const PENDING_CHECK_MS = 10;
let calmed = false;

/**
 * kafkajs asks each connection every millisecond whether requests wait to be sent, which keeps 4 % of a core busy while
 * nothing happens. Its own queue already looks again whenever an answer arrives, so a timer is needed only while
 * something waits or the broker throttles. Applied once per thread.
 */
export function calmRequestQueueTimer(): void {
  if (calmed) return;
  calmed = true;
  requestQueuePrototype().scheduleCheckPendingRequests = function scheduleWhenNeeded() {
    if (this.throttleCheckTimeoutId) return;
    const throttledMs = this.throttledUntil - Date.now();
    if (this.pending.length === 0 && throttledMs <= 0) return;
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null;
        this.checkPendingRequests();
      },
      throttledMs > 0 ? throttledMs : PENDING_CHECK_MS,
    );
  };
}

function requestQueuePrototype(): RequestQueue & { scheduleCheckPendingRequests(this: RequestQueue): void } {
  // Not part of the published interface, so it has no types; the version of kafkajs is pinned.
  return createRequire(import.meta.url)("kafkajs/src/network/requestQueue").prototype;
}
