import type { LaneStatus, SourceStatus } from "../contracts/lane.ts";
import type { FeedStatus } from "../contracts/socket.ts";

/**
 * The feeds of the feed bar, by the first word of a topic. A source is silent after ten times its usual interval, but
 * never before its floor; master data speaks only when it changes, so its silence means nothing.
 */
const FEEDS: readonly { name: string; topics: readonly string[]; silentMsMin: number }[] = [
  { name: "telematics", topics: ["telematics", "fleet"], silentMsMin: 5_000 },
  { name: "sap", topics: ["sap", "sapodp"], silentMsMin: 60_000 },
  { name: "salesforce", topics: ["salesforce"], silentMsMin: 60_000 },
  { name: "master", topics: ["master"], silentMsMin: Number.POSITIVE_INFINITY },
  { name: "servicenow", topics: ["servicenow"], silentMsMin: 60_000 },
  { name: "oracle", topics: ["oracle"], silentMsMin: 60_000 },
  { name: "debezium", topics: ["debezium"], silentMsMin: 60_000 },
];

/** Of a topic that no feed names: the tower's own, or one that an admin has mapped. */
const SILENT_MS_MIN = 60_000;
const SILENT_INTERVALS = 10;
const SLOW_BEHIND_MS = 5_000;

/** One entry per feed that has a topic. `off` has never spoken; a feed is silent when every topic that spoke is. */
export function feedStatuses(lanes: readonly LaneStatus[], nowMs: number): FeedStatus[] {
  const sources = lanes.flatMap((lane) => lane.sources);
  const feeds: FeedStatus[] = [];
  for (const { name, topics, silentMsMin } of FEEDS) {
    const mine = sources.filter((source) => topics.includes(source.topic.split(".")[0]!));
    if (mine.length === 0) continue;
    const spoken = mine.filter((source) => source.lastRecordAt !== null);
    const newest = Math.max(...spoken.map((source) => source.lastRecordAt!));
    feeds.push({
      name,
      topics: mine.map((source) => source.topic),
      state: stateOf(spoken, nowMs, silentMsMin),
      lagRecords: mine.reduce((sum, source) => sum + source.lagRecords, 0),
      ageMs: spoken.length === 0 ? null : Math.max(0, nowMs - newest),
    });
  }
  return feeds;
}

/**
 * The state of one source that has spoken. Its own silence means nothing while others of its feed speak: tables change
 * when there is something to change.
 */
export function sourceState(
  source: SourceStatus,
  all: readonly SourceStatus[],
  nowMs: number,
): Exclude<FeedStatus["state"], "off"> {
  const wordOf = ({ topic }: SourceStatus) => topic.split(".")[0]!;
  const silentMsMin = FEEDS.find(({ topics }) => topics.includes(wordOf(source)))?.silentMsMin ?? SILENT_MS_MIN;
  const own = stateOf([source], nowMs, silentMsMin);
  if (own !== "silent") return own === "slow" ? "slow" : "current";
  const others = all.filter((other) => wordOf(other) === wordOf(source) && other.lastRecordAt !== null);
  return stateOf(others, nowMs, silentMsMin) === "silent" ? "silent" : "current";
}

function stateOf(spoken: readonly SourceStatus[], nowMs: number, silentMsMin: number): FeedStatus["state"] {
  if (spoken.length === 0) return "off";
  // Records that wait are the tower's own delay: the source has spoken, so it is slow and not silent.
  if (spoken.some((source) => source.lagRecords > 0 && (source.behindMs ?? 0) > SLOW_BEHIND_MS)) return "slow";
  const isSilent = (source: SourceStatus) => {
    if (source.usualIntervalMs === null) return false;
    return nowMs - source.lastRecordAt! > Math.max(silentMsMin, SILENT_INTERVALS * source.usualIntervalMs);
  };
  return spoken.every(isSilent) ? "silent" : "current";
}
