import type { LaneStatus, SourceStatus } from "../contracts/lane.ts";
import { addOutcomes, noOutcomes } from "../contracts/outcome.ts";

const WORST_FIRST = ["stopped", "paused", "running"] as const;

/** What several processes say of their parts of the lanes, as one: the worst state with its reason, and sums. */
export function mergeLanes(parts: readonly LaneStatus[], expected: readonly LaneStatus["lane"][]): LaneStatus[] {
  return expected.map((lane) => {
    const mine = parts.filter((part) => part.lane === lane);
    if (mine.length === 1) return mine[0]!;
    return mine.length === 0 ? nobodyRuns(lane) : mergeParts(lane, mine);
  });
}

const nobodyRuns = (lane: LaneStatus["lane"]): LaneStatus => ({
  ...{ lane, state: "stopped", reason: `no process that runs the lane ${lane} is there` },
  ...{ lagRecords: 0, behindMs: 0, recordsPerSecond: 0, records: noOutcomes(), sources: [] },
});

function mergeParts(lane: LaneStatus["lane"], parts: readonly LaneStatus[]): LaneStatus {
  const state = WORST_FIRST.find((each) => parts.some((part) => part.state === each))!;
  const byTopic = new Map<string, SourceStatus[]>();
  for (const source of parts.flatMap(({ sources }) => sources))
    byTopic.set(source.topic, [...(byTopic.get(source.topic) ?? []), source]);
  return {
    ...{ lane, state, reason: parts.find((part) => part.state === state)!.reason },
    lagRecords: sum(parts.map(({ lagRecords }) => lagRecords)),
    behindMs: Math.max(...parts.map(({ behindMs }) => behindMs)),
    recordsPerSecond: sum(parts.map(({ recordsPerSecond }) => recordsPerSecond)),
    records: parts.map(({ records }) => records).reduce(addOutcomes, noOutcomes()),
    sources: [...byTopic.values()].map(mergeSources),
  };
}

function mergeSources(parts: SourceStatus[]): SourceStatus {
  return {
    ...parts[0]!,
    partitions: sum(parts.map(({ partitions }) => partitions)),
    lagRecords: sum(parts.map(({ lagRecords }) => lagRecords)),
    behindMs: most(parts.map(({ behindMs }) => behindMs)),
    lastRecordAt: most(parts.map(({ lastRecordAt }) => lastRecordAt)),
    usualIntervalMs: most(parts.map(({ usualIntervalMs }) => usualIntervalMs)),
    records: parts.map(({ records }) => records).reduce(addOutcomes, noOutcomes()),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function most(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((number) => number !== null);
  return known.length === 0 ? null : Math.max(...known);
}
