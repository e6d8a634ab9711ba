import type { LiveState } from "@/components/live/live-state.ts";

export type ClockState = "connecting" | "live" | "paused" | "lost";

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
  const { pulse, serverOffsetMs } = live;
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

export const isStale = (live: LiveState): boolean => live.link === "lost" || laneTrouble(live) !== null;

export type LaneTrouble = { kind: "paused" | "stopped" | "quiet"; reason: string | null };

/** What is wrong with the readings although the link is up; `null` when all is well or nothing is known. */
export function laneTrouble({ link, pulse }: LiveState): LaneTrouble | null {
  if (link !== "live" || !pulse) return null;
  const { state, reason, aliveMs } = pulse.lane;
  if (state !== "running") return { kind: state, reason };
  return aliveMs > LANE_QUIET_MS ? { kind: "quiet", reason: null } : null;
}
