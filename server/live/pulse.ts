import type { LaneStatus } from "../contracts/lane.ts";
import type { TowerPulse } from "../contracts/socket.ts";
import { feedStatuses } from "./feed-status.ts";

const AGES_KEPT_MS = 5_000;
const DAY_MS = 24 * 60 * 60_000;

type Deps = {
  lanes(): LaneStatus[];
  counts(): TowerPulse["fleet"];
  /** Rejected since midnight UTC, where the store can say it. Without it: what was seen rejected by this process. */
  rejectedToday?(): number;
  /** Time since the telemetry lane last said anything, where its owner knows better than we can tell. */
  laneAliveMs?(): number;
};

/** Says once a second how the tower is. `ages` are those of the positions told since the last call. */
export function makePulse(deps: Deps) {
  const median = recentMedian();
  const rejected = rejectedSinceMidnight();
  const alive = signsOfLife();

  return function pulse(nowMs: number, ages: readonly number[]): TowerPulse {
    const lanes = deps.lanes();
    const telemetry = lanes.find((lane) => lane.lane === "telemetry");
    const rejectedTotal = lanes.reduce((sum, lane) => sum + lane.records.rejected, 0);
    const seenRejected = rejected(nowMs, rejectedTotal);
    const seenAliveMs = alive(nowMs, telemetry, ages.length > 0);
    return {
      serverMs: nowMs,
      lane: {
        state: telemetry?.state ?? "stopped",
        reason: telemetry ? telemetry.reason : "the telemetry lane has not started",
        aliveMs: deps.laneAliveMs?.() ?? seenAliveMs,
      },
      fleet: deps.counts(),
      readingsPerSecond: telemetry?.recordsPerSecond ?? 0,
      rejectedToday: deps.rejectedToday?.() ?? seenRejected,
      eventToFrameMs: median(nowMs, ages),
      feeds: feedStatuses(lanes, nowMs),
    };
  };
}

/** Median over the last seconds, so that one slow vehicle does not make the number jump. */
export function recentMedian() {
  let samples: { atMs: number; ages: readonly number[] }[] = [];
  return function median(nowMs: number, ages: readonly number[]): number | null {
    samples = [...samples, { atMs: nowMs, ages }].filter(({ atMs }) => nowMs - atMs < AGES_KEPT_MS);
    const sorted = samples.flatMap((sample) => sample.ages).sort((a, b) => a - b);
    return sorted.length === 0 ? null : sorted[Math.floor(sorted.length / 2)]!;
  };
}

/** Counts how much a running total grew since midnight UTC, or since the first call on the first day. */
export function rejectedSinceMidnight() {
  let day = -1;
  let atMidnight = 0;
  let lastTotal = 0;
  return function since(nowMs: number, total: number): number {
    const today = Math.floor(nowMs / DAY_MS);
    if (today !== day) {
      atMidnight = day < 0 ? total : lastTotal;
      day = today;
    }
    lastTotal = total;
    return Math.max(0, total - atMidnight);
  };
}

/** A new status from the lane or a position folded is a sign of life. */
function signsOfLife() {
  let last: LaneStatus | undefined;
  let aliveAtMs = 0;
  return function aliveMs(nowMs: number, status: LaneStatus | undefined, hasPositions: boolean): number {
    if (aliveAtMs === 0 || status !== last || hasPositions) aliveAtMs = nowMs;
    last = status;
    return nowMs - aliveAtMs;
  };
}
