import { vi } from "vitest";
import { buildGraph } from "../../scripts/basemap/graph.mjs";
import type { OutgoingRecord } from "./outgoing.ts";
import type { RoadGraph } from "./roads.ts";
import { NO_TROUBLE } from "./trouble/settings.ts";
import type { World, WorldSettings } from "./world.ts";

// Hours of a world take a second or two, and more on a machine that does other things too.
vi.setConfig({ testTimeout: 30_000 });

export const START_MS = Date.parse("2026-08-19T14:00:00.000Z");
export const HOUR_MS = 3_600_000;

/** The network as the base map has it, made anew: a test does not depend on files that were built before. */
export const testGraph: RoadGraph = buildGraph();

export const aWorld = (over: Partial<WorldSettings> = {}): WorldSettings => ({
  seed: 1,
  vehicles: 20,
  startMs: START_MS,
  graph: testGraph,
  trouble: NO_TROUBLE,
  ...over,
});

/** All records of a run of `durationMs`, its end included. */
export function recordsOf(world: World, durationMs: number): OutgoingRecord[] {
  return [...world.advanceTo(START_MS + durationMs), ...world.finish()];
}

export const onTopic = (records: readonly OutgoingRecord[], topic: string): OutgoingRecord[] =>
  records.filter((record) => record.topic === topic);

/** Six times fewer readings: for runs of many hours. */
export const SPARSE = { moving: 60_000, idling: 300_000, parked: 900_000 };

/** All of a run's records as one text: comparing it is quick, however many there are. */
export const textOf = (records: readonly OutgoingRecord[]): string =>
  records.map(({ topic, key, value, timestampMs }) => [topic, key, value, timestampMs].join(" ")).join("\n");
