import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CanonicalReadings } from "../connectors/canonical/readings.ts";
import type { VehicleState } from "../contracts/lane.ts";
import { buildTelemetry } from "../pipeline/build.ts";
import { FenceIndex } from "../pipeline/telemetry/fence-index.ts";
import { createHistoryReader } from "../pipeline/telemetry/history-reader.ts";
import { LineKeeper } from "../pipeline/telemetry/line-keeper.ts";
import { createPastFleet, pastChunk } from "../pipeline/telemetry/past-fleet.ts";
import { type LineRecord, TelemetryLine } from "../pipeline/telemetry/telemetry-line.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { saveCheckpoint, saveRejects } from "./checkpoints.ts";
import { type Database, openDatabase } from "./client.ts";
import { historyAt, historyBetween, historySince } from "./history.ts";
import { compactPartition } from "./history-compaction.ts";
import { keyframeBefore, makeKeyframes } from "./history-keyframes.ts";
import { claimOffsets } from "./offsets.ts";

const START_MS = Date.UTC(2026, 7, 19);
const HOUR_MS = 3_600_000;
const TOPIC = "readings";
const LANE = "telemetry";
let own: TestDatabase;
let db: Database;
let partitions = 0;

beforeAll(async () => {
  own = await testDatabase();
  db = openDatabase(own.url);
});
afterAll(async () => {
  await db.$disconnect();
  await own.drop();
});

type Reading = { vehicle: number; atMs: number; speed: number | null; coolant: number | null; place: number | null };
const minutes = (min: number, max: number) => fc.integer({ min, max }).map((minute) => minute * 60_000);
const aReading: fc.Arbitrary<Reading> = fc.record({
  vehicle: fc.integer({ min: 0, max: 5 }),
  atMs: minutes(0, 300),
  speed: fc.option(fc.integer({ min: 0, max: 100 })),
  coolant: fc.option(fc.integer({ min: 20, max: 120 })),
  place: fc.option(fc.integer({ min: 1, max: 80 })),
});
/** What happens to a partition between its readings. */
const anAct = fc.constantFrom("store", "store", "storeAll", "sort", "keyframes");
type Act = "store" | "storeAll" | "sort" | "keyframes";

const toRecord = ({ vehicle, atMs, speed, coolant, place }: Reading, offset: number): LineRecord => ({
  key: null,
  offset: String(offset),
  timestamp: String(START_MS + 300 * 60_000),
  value: Buffer.from(
    JSON.stringify({
      schema: "reading.v1",
      vehicleId: `T${vehicle}`,
      time: new Date(START_MS + atMs).toISOString(),
      readingId: `r${offset}`,
      ...(speed === null ? {} : { speedKmh: speed }),
      ...(coolant === null ? {} : { coolantC: coolant }),
      ...(place === null ? {} : { latitude: place, longitude: -place }),
    }),
  ),
});

function aLine(partition: number, topics: Awaited<ReturnType<typeof claimOffsets>>) {
  const steps = buildTelemetry({ read: new CanonicalReadings().read });
  const deps = { readingsTopic: TOPIC, replaysTopic: "replays", steps, fences: new FenceIndex([]) };
  return new TelemetryLine(
    { ...deps, hashOf: ({ offset }) => Number(offset) },
    { partition, topics, sequence: 0, vehicleIds: [], state: null, segments: [], visits: [] },
  );
}

const run = (line: TelemetryLine, records: readonly LineRecord[]) => {
  for (const record of records) line.run(TOPIC, [record], 0, Number(record.offset));
};

/** A partition of its own in the real store, through which all of it has gone. */
async function aPartition(readings: readonly Reading[], acts: readonly Act[]) {
  const partition = partitions++;
  const line = aLine(partition, await claimOffsets(db, LANE, [{ topic: TOPIC, partition }]));
  const keeper = new LineKeeper(line, {
    save: (checkpoint) => saveCheckpoint(db, LANE, checkpoint),
    saveRejects: (rejects) => saveRejects(db, LANE, rejects),
    segmentsAt: (_, timesMs) => historyAt(db, LANE, partition, timesMs),
  });
  const records = readings.map(toRecord);
  const step = Math.ceil(records.length / (acts.length + 1)) || 1;
  for (const [index, act] of acts.entries()) {
    run(line, records.slice(index * step, (index + 1) * step));
    if (act === "store") await keeper.save();
    else if (act === "storeAll") await keeper.saveLast();
    else if (act === "sort") await compactPartition(db, LANE, partition, Date.now() + HOUR_MS);
    else await makeKeyframes(db, LANE, partition);
  }
  run(line, records.slice(acts.length * step));
  return { keeper, records };
}

const past = createPastFleet({
  keyframeBefore: (partition, atMs) => keyframeBefore(db, LANE, partition, atMs),
  historySince: (partition, range) => historySince(db, LANE, partition, range),
});
const reader = createHistoryReader({
  historyBetween: (partition, range) => historyBetween(db, LANE, partition, range),
});

/** The answer that a tower gives which has read nothing but the records up to then. */
function foldOf(partition: number, readings: readonly Reading[], untilMs: number): Map<string, VehicleState> {
  const claim = { topic: TOPIC, partition, epoch: 1n, nextOffset: 0, lastHash: null, sequence: 0 };
  const counters = { delivered: 0, applied: 0, late: 0, repeated: 0, ignored: 0, rejected: 0, gaps: 0, lost: 0 };
  const line = aLine(partition, [{ ...claim, counters }]);
  const upTo = readings.map(toRecord).filter((_, index) => START_MS + readings[index]!.atMs <= untilMs);
  run(line, upTo);
  return new Map(line.ids.idsFrom(0).map((id) => [id, line.vehicle(id)!]));
}

test("as of any moment, vehicles are the fold of the readings up to then, however they are stored by now", async () => {
  const lists = fc.array(aReading, { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(lists, fc.array(anAct, { maxLength: 8 }), minutes(-1, 301), async (readings, acts, afterMs) => {
      const { keeper } = await aPartition(readings, acts);
      const atMs = START_MS + afterMs;
      const expected = foldOf(keeper.line.partition, readings, atMs);
      const all = await past.fold(keeper, atMs, null);
      expect(pastChunk(all, atMs).newIds.sort()).toEqual([...expected.keys()].sort());
      for (const [id, state] of expected) {
        expect(past.stateOf(all, id, TOPIC)).toEqual(state);
        const alone = await past.fold(keeper, atMs, keeper.line.ids.find(id));
        expect(past.stateOf(alone, id, TOPIC)).toEqual(state);
      }
    }),
    { numRuns: 40 },
  );
});

test("between any two times a vehicle's readings come back exactly as they were sent, wherever they are stored", async () => {
  const lists = fc.array(aReading, { minLength: 1, maxLength: 60 });
  const times = fc.tuple(minutes(0, 300), minutes(0, 300));
  await fc.assert(
    fc.asyncProperty(lists, fc.array(anAct, { maxLength: 8 }), times, async (readings, acts, [a, b]) => {
      const { keeper } = await aPartition(readings, acts);
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const range = { fromMs: START_MS + from, toMs: START_MS + to };
      const sent = readings
        .map((reading, offset) => ({ ...reading, offset }))
        .filter(({ vehicle, atMs }) => vehicle === 0 && atMs >= from && atMs <= to)
        .sort((one, other) => one.atMs - other.atMs || one.offset - other.offset);
      const found = await reader.readings(keeper, "T0", range, 1000);
      expect(found.map(({ timeMs, record, measures }) => [timeMs - START_MS, Number(record.offset), measures])).toEqual(
        sent.map(({ atMs, offset, speed, coolant, place }) => [
          atMs,
          offset,
          {
            ...(place === null ? {} : { latitude: place, longitude: -place }),
            ...(speed === null ? {} : { speedKmh: speed }),
            ...(coolant === null ? {} : { coolantC: coolant }),
          },
        ]),
      );
      const track = await reader.track(keeper, "T0", range, 5);
      const places = sent.filter(({ place }) => place !== null).slice(0, 5);
      expect(track.map(({ timeMs, latitude }) => [timeMs - START_MS, latitude])).toEqual(
        places.map(({ atMs, place }) => [atMs, place]),
      );
    }),
    { numRuns: 30 },
  );
});

test("sorting takes the segments that a state row covers, and a repeat of a sorted reading is still known", async () => {
  const readings = Array.from({ length: 40 }, (_, index) => ({
    ...{ vehicle: index % 2, atMs: index * 60_000, speed: index, coolant: null, place: null },
  }));
  const { keeper, records } = await aPartition(readings, ["store"]);
  const { line } = keeper;
  const pieces = async () => [
    await db.historySegment.count({ where: { partition: line.partition } }),
    await db.historyChunk.count({ where: { partition: line.partition } }),
  ];
  expect(await compactPartition(db, LANE, line.partition, Date.now() + HOUR_MS)).toBeNull();
  await keeper.saveLast();
  expect(await compactPartition(db, LANE, line.partition, Date.now())).toBeNull();
  expect(await pieces()).toEqual([2, 0]);
  expect(await compactPartition(db, LANE, line.partition, Date.now() + HOUR_MS)).toMatchObject({
    segments: 2,
    rows: 40,
  });
  expect(await pieces()).toEqual([0, 1]);

  const again = { ...records[0]!, offset: "40" };
  line.run(TOPIC, [again], 0, 40);
  await keeper.save();
  expect(line.counters(TOPIC)).toMatchObject({ applied: 40, repeated: 1, late: 0 });
});

test("identities are kept for a day of the log, and then only the readings stay", async () => {
  const partition = partitions++;
  const line = aLine(partition, await claimOffsets(db, LANE, [{ topic: TOPIC, partition }]));
  const keeper = new LineKeeper(line, {
    save: (checkpoint) => saveCheckpoint(db, LANE, checkpoint),
    saveRejects: async () => {},
    async *segmentsAt() {},
  });
  const identities = () => db.historyIdentity.count({ where: { partition } });
  for (const [offset, hours] of [0, 24, 49].entries()) {
    const reading = { vehicle: 1, atMs: hours * HOUR_MS, speed: 1, coolant: null, place: null };
    const record = { ...toRecord(reading, offset), timestamp: String(START_MS + reading.atMs) };
    run(line, [record]);
    await keeper.saveLast();
    await compactPartition(db, LANE, partition, Date.now() + HOUR_MS);
    expect(await identities()).toBe([1, 2, 2][offset]);
  }
  expect(await db.historyChunk.count({ where: { partition } })).toBe(3);
});
