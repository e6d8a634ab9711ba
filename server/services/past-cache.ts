import type { Clock } from "../platform/clock.ts";
import type { PastContext, PastPort } from "./as-of.ts";

/** A moment is looked at by lists, details and the map, and shared with a colleague. */
const KEPT_MS = 60_000;
/** Records of a moment so near may still come. */
const SETTLED_MS = 2 * 60_000;
const KEPT_FRESH_MS = 2_000;
/** Each holds a fleet and all open work. */
const MOMENTS_MAX = 3;

type Moment = { context: Promise<PastContext>; untilMs: number };

/** Builds one moment at a time, and keeps the last few for a while. */
export function createPastCache({
  build,
  now,
}: {
  build(atMs: number): Promise<PastContext>;
  now: Clock;
}): PastPort["at"] {
  const moments = new Map<number, Moment>();
  let turn: Promise<unknown> = Promise.resolve();

  function forget(): void {
    for (const [atMs, { untilMs }] of moments) if (untilMs < now()) moments.delete(atMs);
  }

  return function at(atMs) {
    forget();
    const known = moments.get(atMs);
    if (known) return known.context;
    const context = turn.then(() => build(atMs));
    turn = context.catch(() => moments.delete(atMs));
    const keptMs = atMs > now() - SETTLED_MS ? KEPT_FRESH_MS : KEPT_MS;
    // Counted from when it is there: building may take longer than it is kept.
    const moment: Moment = { context, untilMs: Number.POSITIVE_INFINITY };
    const keep = () => {
      moment.untilMs = now() + keptMs;
      setTimeout(forget, keptMs + 1_000).unref();
    };
    context.then(keep, () => {});
    moments.set(atMs, moment);
    const [oldest] = moments.keys();
    if (moments.size > MOMENTS_MAX && oldest !== undefined) moments.delete(oldest);
    return context;
  };
}
