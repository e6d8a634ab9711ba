import { performance } from "node:perf_hooks";
import { FenceIndex } from "../server/pipeline/telemetry/fence-index.ts";
import { createHistoryReader } from "../server/pipeline/telemetry/history-reader.ts";
import { LineKeeper } from "../server/pipeline/telemetry/line-keeper.ts";
import type { ReadingRows } from "../server/pipeline/telemetry/reading-rows.ts";
import { encodeSegment } from "../server/pipeline/telemetry/segment.ts";
import { TelemetryLine } from "../server/pipeline/telemetry/telemetry-line.ts";
import { saveCheckpoint } from "../server/store/checkpoints.ts";
import { type Database, openDatabase } from "../server/store/client.ts";
import { historyBetween } from "../server/store/history.ts";
import { compactPartition } from "../server/store/history-compaction.ts";
import { makeKeyframes } from "../server/store/history-keyframes.ts";
import { makeHistoryParts } from "../server/store/history-parts.ts";
import { claimOffsets } from "../server/store/offsets.ts";
import type { BenchSize } from "./bench-size.ts";
import { FleetDay, QUARTER_MS } from "./fleet-day.ts";
import { aResult, type BenchResult } from "./results.ts";
import { startServices } from "./services.ts";

const LANE = "telemetry";
const TOPIC = "bench.readings";
const PARTITIONS = 12;
/** Vehicles of one partition, and quarter hours of the day. */
const SIZES: Record<BenchSize, { vehicles: number; quarters: number }> = {
  full: { vehicles: 13_750, quarters: 96 },
  quick: { vehicles: 13_750, quarters: 12 },
  tiny: { vehicles: 200, quarters: 6 },
};
/** Of the quarter hour that goes on: a checkpoint every ten seconds. */
const TAIL_SEGMENTS = 90;
const QUESTIONS = 300;
const BYTES_MAX = 24;
const DAY_P95_MS_MAX = 100;
/** Identities are kept for a day, readings for thirty. */
const RETENTION_DAYS = 30;
/** Nothing was rejected, so nobody asks who may say so. */
const NO_CLAIM = { topic: "", partition: 0, epoch: 0n };

/**
 * A day of 165,000 vehicles in the store, 190 million readings: what a reading takes, and how long a vehicle's day takes to
 * read. One partition of twelve is made, stored and sorted by the tower's own works; the others hold the same bytes.
 */
export async function benchHistory(size: BenchSize): Promise<BenchResult[]> {
  const services = await startServices();
  const database = openDatabase(services.databaseUrl, 4);
  try {
    await makeHistoryParts(database, Date.now());
    const { vehicles, quarters } = SIZES[size];
    const day = new FleetDay(Date.now() - quarters * QUARTER_MS, { vehicles, quarters });
    const { cpuS, readings } = await storeDay(database, day, quarters);
    console.log(
      `stored and sorted ${readings} readings, sorting took ${(cpuS / (readings / 1e6)).toFixed(2)} CPU-s a million`,
    );
    const bytes = await bytesPerReading(database);
    await copyPartitions(database, vehicles);
    const times = await readDays(database, day);
    return report(bytes, times);
  } finally {
    await database.$disconnect();
    await services.stop();
  }
}

/** Quarter hour by quarter hour, as the lane stores them and the works sort them; the last goes on. */
async function storeDay(
  database: Database,
  day: FleetDay,
  quarters: number,
): Promise<{ cpuS: number; readings: number }> {
  const [claim] = await claimOffsets(database, LANE, [{ topic: TOPIC, partition: 0 }]);
  const counters = claim!.counters;
  let [sequence, readings, cpuMs] = [0, 0, 0];
  const store = async (rows: ReadingRows) => {
    sequence += 1;
    readings += rows.count;
    const topics = [
      { topic: TOPIC, epoch: claim!.epoch, from: readings - rows.count, next: readings, lastHash: 1, counters },
    ];
    const state = { data: Buffer.alloc(0), vehicleIds: [] };
    const checkpoint = { partition: 0, sequence, topics, state, segment: encodeSegment(rows, 0, []) };
    await saveCheckpoint(database, LANE, {
      ...checkpoint,
      visits: [],
      rejects: { rejected: [], replays: [], claim: NO_CLAIM },
    });
  };
  for (let quarter = 0; quarter < quarters - 1; quarter++) {
    await store(day.quarter(quarter));
    const before = process.cpuUsage();
    while (await compactPartition(database, LANE, 0, Date.now() + QUARTER_MS));
    await makeKeyframes(database, LANE, 0);
    const { user, system } = process.cpuUsage(before);
    cpuMs += (user + system) / 1000;
    if (quarter % 12 === 11) console.log(`${(quarter + 1) / 4} hours of the day are stored`);
  }
  for (const rows of day.inPieces(quarters - 1, TAIL_SEGMENTS)) await store(rows);
  return { cpuS: cpuMs / 1000, readings };
}

async function bytesPerReading(database: Database): Promise<number> {
  const [sizes] = await database.$queryRaw<{ chunks: bigint; keyframes: bigint; identities: bigint; rows: bigint }[]>`
    select (select sum(pg_total_relation_size(inhrelid))::bigint from pg_inherits
        where inhparent = 'history_chunk'::regclass) as chunks,
      pg_total_relation_size('history_keyframe')::bigint as keyframes,
      pg_total_relation_size('history_identity')::bigint as identities,
      (select sum(rows)::bigint from history_chunk) as rows`;
  const [chunks, keyframes, identities, rows] = [
    Number(sizes!.chunks),
    Number(sizes!.keyframes),
    Number(sizes!.identities),
    Number(sizes!.rows),
  ];
  const words = [chunks, keyframes, identities].map((bytes) => (bytes / rows).toFixed(2));
  console.log(`bytes a reading: sorted ${words[0]}, states by the hour ${words[1]}, identities of one day ${words[2]}`);
  return (chunks + keyframes + identities / RETENTION_DAYS) / rows;
}

/** The other partitions lie beside it as they would in a fleet of twelve times as many. */
async function copyPartitions(database: Database, vehicles: number): Promise<void> {
  console.log(`copying the partition ${PARTITIONS - 1} times: ${vehicles * PARTITIONS} vehicles`);
  for (let partition = 1; partition < PARTITIONS; partition++)
    await database.$executeRaw`
      insert into history_chunk
      select day, lane, ${partition}::integer, run, part, first_vehicle, last_vehicle, rows, min_time, max_time, data
      from history_chunk where partition = 0`;
  await database.$executeRaw`analyze history_chunk, history_segment`;
}

/** Each of another vehicle: its whole day, exact, up to the last position. */
async function readDays(database: Database, day: FleetDay): Promise<number[]> {
  const keeper = aKeeper(day);
  const reader = createHistoryReader({
    historyBetween: (partition, range) => historyBetween(database, LANE, partition, range),
  });
  const times: number[] = [];
  for (let question = 0; question < QUESTIONS; question++) {
    const id = day.ids[Math.floor((question * day.ids.length) / QUESTIONS)]!;
    const startedAt = performance.now();
    const track = await reader.track(keeper, id, { fromMs: day.startMs, toMs: day.endMs }, 10_000);
    times.push(performance.now() - startedAt);
    if (track.length !== day.readingsADay)
      throw new Error(`${id} has ${track.length} of ${day.readingsADay} positions`);
  }
  return times;
}

function aKeeper(day: FleetDay): LineKeeper {
  const line = new TelemetryLine(
    { readingsTopic: TOPIC, replaysTopic: "", steps: [], fences: new FenceIndex([]), hashOf: () => 0 },
    { partition: 0, topics: [], sequence: 0, vehicleIds: day.ids, state: null, segments: [], visits: [] },
  );
  return new LineKeeper(line, { save: async () => {}, saveRejects: async () => {}, async *segmentsAt() {} });
}

function report(bytes: number, times: number[]): BenchResult[] {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)]!;
  console.log(
    `a vehicle's day: p50 ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms, longest ${sorted.at(-1)!.toFixed(1)} ms`,
  );
  return [
    aResult({
      ...{ name: "history", figure: bytes, unit: "bytes", bound: BYTES_MAX, better: "lower", ceiling: null },
      what: "a reading of 12 measures stored, with indexes, hourly states and a day of identities in thirty",
    }),
    aResult({
      ...{ name: "history", figure: at(0.95), unit: "ms", bound: DAY_P95_MS_MAX, better: "lower", ceiling: null },
      what: "p95 of a vehicle's day, 1,152 positions, with a day of 165,000 vehicles stored",
    }),
  ];
}
