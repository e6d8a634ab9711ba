import type { LaneStatus } from "../../contracts/lane.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Managed } from "../../platform/lifecycle.ts";
import type { SourceSamples } from "./port.ts";

const LOOK_EVERY_MS = 5_000;
const MINUTE_MS = 60_000;
/** Two hours, minute by minute. */
const MINUTES = 120;
const TOPICS_MAX = 500;
const RATE_OVER_MS = 60_000;

type Track = {
  /** The largest lag of each minute, by minute number modulo `MINUTES`. */
  behindMs: (number | null)[];
  lastMinute: number;
  counts: { atMs: number; delivered: number }[];
};

/**
 * Keeps how far each source was behind over the last two hours, and its rate, from looks at the lanes. Bounded in time
 * and in topics; it lives with the process, so a restart begins anew.
 */
export function createSourceSamples(deps: {
  lanes(): LaneStatus[];
  now: Clock;
}): SourceSamples & Managed & { look(): void } {
  const tracks = new Map<string, Track>();
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    const nowMs = deps.now();
    for (const { topic, behindMs, records } of deps.lanes().flatMap(({ sources }) => sources)) {
      let track = tracks.get(topic);
      if (!track) {
        if (tracks.size >= TOPICS_MAX) continue;
        track = { behindMs: new Array(MINUTES).fill(null), lastMinute: minuteOf(nowMs), counts: [] };
        tracks.set(topic, track);
      }
      note(track, nowMs, behindMs, records.delivered);
    }
  }

  return {
    name: "source samples",
    look,
    start: async () => {
      look();
      timer = setInterval(look, LOOK_EVERY_MS);
    },
    stop: async () => clearInterval(timer),

    behindMs(topic) {
      const track = tracks.get(topic);
      if (!track) return [];
      const nowMinute = minuteOf(deps.now());
      forget(track, nowMinute);
      return Array.from({ length: MINUTES }, (_, index) => track.behindMs[slotOf(nowMinute - MINUTES + 1 + index)]!);
    },

    recordsPerSecond(topic) {
      const counts = tracks.get(topic)?.counts ?? [];
      const [first, last] = [counts[0], counts.at(-1)];
      if (!first || !last || last.atMs <= first.atMs) return null;
      return (last.delivered - first.delivered) / ((last.atMs - first.atMs) / 1000);
    },
  };
}

function note(track: Track, nowMs: number, behindMs: number | null, delivered: number): void {
  const minute = minuteOf(nowMs);
  forget(track, minute);
  const slot = slotOf(minute);
  if (behindMs !== null) track.behindMs[slot] = Math.max(track.behindMs[slot] ?? 0, behindMs);
  // A partition that went to another process takes its count along: the rate begins again.
  if (delivered < (track.counts.at(-1)?.delivered ?? 0)) track.counts = [];
  track.counts.push({ atMs: nowMs, delivered });
  while (track.counts.length > 2 && nowMs - track.counts[0]!.atMs > RATE_OVER_MS) track.counts.shift();
}

/** Clears the minutes since the last look: they hold what was so two hours ago. */
function forget(track: Track, minute: number): void {
  const stale = Math.min(MINUTES, minute - track.lastMinute);
  for (let back = 0; back < stale; back += 1) track.behindMs[slotOf(minute - back)] = null;
  track.lastMinute = Math.max(track.lastMinute, minute);
}

const minuteOf = (ms: number): number => Math.floor(ms / MINUTE_MS);
const slotOf = (minute: number): number => minute % MINUTES;
