import { CanonicalReadings } from "../connectors/canonical/readings.ts";
import { buildTelemetry } from "../pipeline/build.ts";
import { FenceIndex } from "../pipeline/telemetry/fence-index.ts";
import { LineKeeper, type LineStore } from "../pipeline/telemetry/line-keeper.ts";
import { TelemetryLine } from "../pipeline/telemetry/telemetry-line.ts";
import { loadState, saveCheckpoint, saveRejects } from "../store/checkpoints.ts";
import type { Database } from "../store/client.ts";
import { createLineFences } from "../store/fences.ts";
import { historyAt } from "../store/history.ts";
import { claimOffsets, readEpochs } from "../store/offsets.ts";
import { openVisits } from "../store/visits.ts";
import { type Line, partitionKey, type TopicPartition } from "../stream/line.ts";
import { recordHash } from "../stream/record-hash.ts";

/** The lane's name in the database. */
export const LANE = "telemetry" as const;
/** A catch-up stores as soon as a line has so many rows, or the memory would grow with the rate. */
export const ROWS_MAX = 60_000;
/** With so many a line takes no more until the checkpoint that runs has made room. */
const ROWS_HARD_MAX = 180_000;
/** The same for rejected records that wait to be stored. */
const REJECT_BYTES_MAX = 8_000_000;

export type OwnedLine = { keeper: LineKeeper; line: TelemetryLine };

/** The lines that this process owns: claimed, compared with their stored epochs, and forgotten, as the group says. */
export function createTelemetryLines(deps: {
  database: Database;
  readingsTopic: string;
  replaysTopic: string;
  dropped(partition: number): void;
}) {
  const { database, readingsTopic, replaysTopic } = deps;
  const readings = new CanonicalReadings();
  const steps = buildTelemetry({ read: readings.read });
  const owned = new Map<string, OwnedLine>();
  let fences = new FenceIndex([]);
  let fencesText = "[]";
  const store: LineStore = {
    save: (checkpoint) => saveCheckpoint(database, LANE, checkpoint),
    saveRejects: (rejects) => saveRejects(database, rejects),
    segmentsAt: (partition, timesMs) => historyAt(database, LANE, partition, timesMs),
  };

  return { owned, readings, readFences, load, lost, drop };

  /** Reads the fences of sites and admins again, and follows them from now on when they are others. */
  async function readFences(): Promise<void> {
    const read = await createLineFences(database)();
    const text = JSON.stringify(read);
    if (text === fencesText) return;
    fencesText = text;
    fences = new FenceIndex(read);
    for (const { line } of owned.values()) line.visits.setFences(fences);
  }

  async function load(key: string, partitions: readonly TopicPartition[]): Promise<Line> {
    const topics = await claimOffsets(database, LANE, partitions);
    const partition = partitions[0]!.partition;
    const state = await loadState(database, LANE, partition);
    const visits = await openVisits(database, readingsTopic, partition);
    const sequence = Math.max(state.sequence, ...topics.map((topic) => topic.sequence));
    const hashOf = recordHash;
    const line = new TelemetryLine(
      { readingsTopic, replaysTopic, steps, fences, hashOf },
      { ...state, partition, topics, sequence, visits },
    );
    const keeper = new LineKeeper(line, store);
    owned.set(key, { keeper, line });
    return withRoom(keeper);
  }

  async function lost(keys: readonly string[]): Promise<string[]> {
    const epochs = await readEpochs(database, LANE);
    return keys.filter((key) => {
      const { line } = owned.get(key)!;
      return line.epochs().some(({ topic, epoch }) => epochs.get(partitionKey(topic, line.partition)) !== epoch);
    });
  }

  function drop(key: string): void {
    const line = owned.get(key)?.line;
    owned.delete(key);
    if (line) deps.dropped(line.partition);
  }
}

/** The line as the consumer sees it: it waits when there is more in memory than is good. */
function withRoom(keeper: LineKeeper): Line {
  const { line } = keeper;
  return {
    expected: (topic) => line.expected(topic),
    lastHash: (topic) => line.lastHash(topic),
    begin: (topic, offset) => line.begin(topic, offset),
    run(topic, messages, from, lastOffset) {
      line.run(topic, messages, from, lastOffset);
      if (line.rows.count < ROWS_HARD_MAX && line.unstoredRejectBytes() < REJECT_BYTES_MAX) return;
      // The chunk is folded in: a failure is shown by whoever stores, and must not bring the chunk again.
      return keeper.save().then(
        () => {},
        () => {},
      );
    },
    get stopped() {
      return line.stopped;
    },
    set stopped(why) {
      line.stopped = why;
    },
  };
}
