import type { LiveState } from "@/components/live/live-state.ts";
import type { FeedStatus } from "@/server/contracts/socket.ts";

/** The feed that tells where vehicles are. */
const POSITION_FEED = "telematics";

export type ClockState = "connecting" | "live" | "paused" | "lost" | "past";

/** A lane that has not stirred for this long stands still, even if the server answers. */
const LANE_QUIET_MS = 5_000;

export type TowerState = {
  clock: ClockState;
  /** The moment the picture shows, by the server's clock; `null` before anything came. Ages are counted up to `nowMs`. */
  asOfMs: number | null;
  /** The present by the server's clock, or the moment of the pause while paused. */
  nowMs: number;
  /** Positions may be old: the link is lost, or the lane behind it stands still. */
  stale: boolean;
};

type Given = { live: LiveState; pausedSinceMs: number | null; browserMs: number };

/** What the shell says about time, from the link, the pause and this browser's clock. */
export function towerState({ live, pausedSinceMs, browserMs }: Given): TowerState {
  const { pulse, serverOffsetMs, pastMs } = live;
  // What is shown of the past does not grow old, whatever becomes of the link.
  if (pastMs !== null) return { clock: "past", asOfMs: pastMs, nowMs: pastMs, stale: false };
  const lost = live.link === "lost";
  const stale = isStale(live);
  const nowMs = (pausedSinceMs ?? browserMs) + serverOffsetMs;
  const heardMs = lost || stale ? (pulse?.serverMs ?? null) : pulse && nowMs;
  return {
    clock: stale ? "lost" : pausedSinceMs !== null ? "paused" : live.link === "live" ? "live" : "connecting",
    asOfMs: pausedSinceMs !== null && heardMs !== null ? Math.min(nowMs, heardMs) : heardMs,
    nowMs,
    stale,
  };
}

/** The source of the positions, when it has gone silent although the tower answers. */
export function silentPositions({ link, pulse }: LiveState): FeedStatus | null {
  if (link !== "live" || !pulse) return null;
  return pulse.feeds.find(({ name, state }) => name === POSITION_FEED && state === "silent") ?? null;
}

/** Whether what the shell shows is not the present: no word from the tower, or its lane stands still. */
export const isStale = (live: LiveState): boolean => live.link === "lost" || laneTrouble(live) !== null;

export type LaneTrouble = { kind: "paused" | "stopped" | "quiet"; reason: string | null };

/** What is wrong with the readings although the link is up; `null` when all is well or nothing is known. */
export function laneTrouble({ link, pulse }: LiveState): LaneTrouble | null {
  if (link !== "live" || !pulse) return null;
  const { state, reason, aliveMs } = pulse.lane;
  if (state !== "running") return { kind: state, reason };
  return aliveMs > LANE_QUIET_MS ? { kind: "quiet", reason: null } : null;
}
