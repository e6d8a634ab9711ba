import { CanonicalReadings } from "../connectors/canonical/readings.ts";
import { buildTelemetry } from "../pipeline/build.ts";
import { FenceIndex } from "../pipeline/telemetry/fence-index.ts";
import { LineKeeper, type LineStore } from "../pipeline/telemetry/line-keeper.ts";
import type { TelemetryStep } from "../pipeline/telemetry/reading-chunk.ts";
import { TelemetryLine } from "../pipeline/telemetry/telemetry-line.ts";
import { Fenced } from "../platform/fenced.ts";
import type { Logger } from "../platform/logger.ts";
import { loadState, saveCheckpoint, saveRejects } from "../store/checkpoints.ts";
import type { Database } from "../store/client.ts";
import { createLineFences } from "../store/fences.ts";
import { historyAt } from "../store/history.ts";
import { claimOffsets, readEpochs, readOffsets, type StoredOffset } from "../store/offsets.ts";
import { openVisits } from "../store/visits.ts";
import { type Line, partitionKey, type TopicPartition } from "../stream/line.ts";
import { recordHash } from "../stream/record-hash.ts";
import { createCarefulLine } from "./careful-line.ts";

/** The lane's name in the database. */
export const LANE = "telemetry" as const;
/** A catch-up stores as soon as a line has so many rows, or the memory would grow with the rate. */
export const ROWS_MAX = 60_000;
/** With so many a line takes no more until the checkpoint that runs has made room. */
const ROWS_HARD_MAX = 180_000;

export type OwnedLine = { keeper: LineKeeper; line: TelemetryLine };

/** The lines that this process owns: claimed, compared with their stored epochs, and forgotten, as the group says. */
export function createTelemetryLines(deps: {
  database: Database;
  readingsTopic: string;
  replaysTopic: string;
  dropped(partition: number): void;
  rowsHardMax?: number | undefined;
  logger: Logger;
  /** Instead of the lane's own. */
  steps?: readonly TelemetryStep[];
}) {
  const { database, readingsTopic, replaysTopic, logger, rowsHardMax = ROWS_HARD_MAX } = deps;
  const readings = new CanonicalReadings();
  const steps = deps.steps ?? buildTelemetry({ read: readings.read });
  const owned = new Map<string, OwnedLine>();
  let fences = new FenceIndex([]);
  let fencesText = "[]";
  const store: LineStore = {
    save: (checkpoint) => saveCheckpoint(database, LANE, checkpoint),
    saveRejects: (rejects) => saveRejects(database, LANE, rejects),
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
    owned.set(key, await open(await claimOffsets(database, LANE, partitions)));
    const reload = () => openAgain(key, partitions);
    return createCarefulLine({ current: () => owned.get(key)!, reload, rowsHardMax, logger });
  }

  /** The line as it is stored, by the claim it was held with. */
  async function openAgain(key: string, partitions: readonly TopicPartition[]): Promise<void> {
    const before = owned.get(key)!;
    await before.keeper.abandon();
    const topics = await readOffsets(database, LANE, partitions);
    const epochs = new Map(before.line.epochs().map(({ topic, epoch }) => [topic, epoch]));
    if (topics.some(({ topic, epoch }) => epochs.get(topic) !== epoch))
      throw new Fenced(`another process owns partition ${before.line.partition} by now`);
    const anew = await open(topics);
    if (owned.get(key) === before) owned.set(key, anew);
  }

  async function open(topics: readonly StoredOffset[]): Promise<OwnedLine> {
    const partition = topics[0]!.partition;
    const state = await loadState(database, LANE, partition);
    const visits = await openVisits(database, readingsTopic, partition);
    const sequence = Math.max(state.sequence, ...topics.map((topic) => topic.sequence));
    const hashOf = recordHash;
    const line = new TelemetryLine(
      { readingsTopic, replaysTopic, steps, fences, hashOf },
      { ...state, partition, topics, sequence, visits },
    );
    return { keeper: new LineKeeper(line, store), line };
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
