import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CanonicalReadings } from "../../connectors/canonical/readings.ts";
import type { LineFence } from "../../contracts/fence.ts";
import { noOutcomes } from "../../contracts/outcome.ts";
import { visitKey } from "../../domain/visit/visit.ts";
import { buildTelemetry } from "../build.ts";
import { FenceIndex } from "./fence-index.ts";
import { type Checkpoint, LineKeeper, type LineStore } from "./line-keeper.ts";
import type { StoredVisit } from "./line-visits.ts";
import { type LineDeps, type LineRecord, TelemetryLine } from "./telemetry-line.ts";

const START_MS = Date.UTC(2026, 7, 19);
const TOPIC = "readings";
const METRES_PER_DEGREE = 111_195;
const circle = (id: string, radiusM: number, metres = 0): LineFence => ({
  id,
  shape: { kind: "circle", latitude: 41 + metres / METRES_PER_DEGREE, longitude: -88, radiusM },
});
const FENCES = [circle("1010", 1000), circle("1020", 200, 500), circle("fence:region", 20_000)];
const deps = (fences = new FenceIndex(FENCES)): LineDeps => ({
  readingsTopic: TOPIC,
  replaysTopic: "replays",
  steps: buildTelemetry({ read: new CanonicalReadings().read }),
  fences,
  hashOf: (record) => Number(record.offset),
});

/** The database: what checkpoints stored. */
function aStore() {
  const visits = new Map<string, StoredVisit>();
  const checkpoints: Checkpoint[] = [];
  const store: LineStore = {
    async save(checkpoint) {
      checkpoints.push(checkpoint);
      for (const visit of checkpoint.visits) visits.set(visitKey(visit), visit);
    },
    saveRejects: async () => {},
    async *segmentsAt() {},
  };
  const load = (fences?: FenceIndex): TelemetryLine => {
    const last = checkpoints.at(-1);
    const nextOffset = last?.topics[0]?.next ?? 0;
    return new TelemetryLine(deps(fences), {
      partition: 3,
      topics: [{ topic: TOPIC, epoch: 1n, nextOffset, lastHash: null, counters: noOutcomes() }],
      sequence: last?.sequence ?? 0,
      vehicleIds: [],
      state: null,
      segments: checkpoints.flatMap(({ segment }) => (segment ? [segment.data] : [])),
      visits: [...visits.values()].filter(({ leftMs }) => leftMs === null),
    });
  };
  return { store, load, visits: () => [...visits.values()].sort((a, b) => (visitKey(a) < visitKey(b) ? -1 : 1)) };
}

type Seen = { vehicle: number; second: number; metres: number; accuracyM?: number | undefined };

const toRecord = ({ vehicle, second, metres, accuracyM }: Seen, offset: number): LineRecord => ({
  key: null,
  offset: String(offset),
  timestamp: String(START_MS + 86_400_000),
  value: Buffer.from(
    JSON.stringify({
      schema: "reading.v1",
      vehicleId: `T${vehicle}`,
      time: new Date(START_MS + second * 1000).toISOString(),
      readingId: `${vehicle}-${second}`,
      latitude: 41 + metres / METRES_PER_DEGREE,
      longitude: -88,
      ...(accuracyM === undefined ? {} : { accuracyM }),
    }),
  ),
});

function run(line: TelemetryLine, log: readonly LineRecord[], to = log.length): void {
  for (let from = line.expected(TOPIC); from < to; from++) line.run(TOPIC, [log[from]!], 0, from);
}

async function unbroken(seen: readonly Seen[]): Promise<StoredVisit[]> {
  const database = aStore();
  const line = database.load();
  run(line, seen.map(toRecord));
  await new LineKeeper(line, database.store).save();
  return database.visits();
}

const seen = fc
  .array(
    fc.record({
      vehicle: fc.integer({ min: 0, max: 1 }),
      after: fc.integer({ min: 1, max: 200 }),
      metres: fc.constantFrom(0, 500, 800, 1100, 3000, 30_000),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((list) => {
    let second = 0;
    return list.map(({ vehicle, after, metres }): Seen => {
      second += after;
      return { vehicle, second, metres };
    });
  });
/** Without where the records stand, which is the only thing that a repeat may change. */
const facts = (visits: readonly StoredVisit[]) =>
  visits.map(({ record: _, leftRecord: __, outsideRecord: ___, ...visit }) => visit);

describe("the visits of a line", () => {
  test("a process that dies at any moment, and replays, ends with the same visits, each once", async () => {
    await fc.assert(
      fc.asyncProperty(
        seen,
        fc.array(fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), stores: fc.boolean() }), {
          maxLength: 6,
        }),
        async (list, moments) => {
          const log = list.map(toRecord);
          const database = aStore();
          for (const { share, stores } of moments) {
            const line = database.load(); // what was not stored is gone
            const from = line.expected(TOPIC);
            run(line, log, from + Math.floor((log.length - from) * share));
            if (stores) await new LineKeeper(line, database.store).save();
          }
          const last = database.load();
          run(last, log);
          await new LineKeeper(last, database.store).save();
          expect(database.visits()).toEqual(await unbroken(list));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("late, repeated and inexact positions move nothing", async () => {
    await fc.assert(
      fc.asyncProperty(seen, fc.infiniteStream(fc.constantFrom(0, 1, 2, 3)), async (list, kinds) => {
        const mixed = list.flatMap((one, index): Seen[] => {
          const kind = kinds.next().value;
          const before = list.slice(0, index).findLast(({ vehicle }) => vehicle === one.vehicle);
          if (kind === 1 && before) return [one, before];
          if (kind === 2 && before && one.second - before.second > 1) {
            return [one, { ...one, second: one.second - 1, metres: one.metres === 0 ? 30_000 : 0 }];
          }
          return [one];
        });
        expect(facts(await unbroken(mixed))).toEqual(facts(await unbroken(list)));
      }),
      { numRuns: 60 },
    );
    const inexact = { vehicle: 0, second: 700, metres: 30_000, accuracyM: 100.1 };
    const stays = await unbroken([{ vehicle: 0, second: 0, metres: 0 }, inexact, { ...inexact, second: 900 }]);
    expect(stays.map(({ fenceId, leftMs, outsideMs }) => [fenceId, leftMs, outsideMs])).toEqual([
      ["1010", null, null],
      ["fence:region", null, null],
    ]);
  });

  test("one late position cannot end a visit", async () => {
    const there = { vehicle: 0, metres: 0 };
    const away = { vehicle: 0, metres: 30_000 };
    const visits = await unbroken([
      { ...there, second: 0 },
      { ...there, second: 1000 },
      { ...away, second: 500 },
      { ...away, second: 900 },
      { ...there, second: 1001 },
    ]);
    expect(visits.map(({ leftMs, outsideMs }) => [leftMs, outsideMs])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  test("are told once when they begin and once when they end, and whoever comes later is told who is there", () => {
    const line = aStore().load();
    const log = [0, 60, 120, 180, 360].map((second, index) =>
      toRecord({ vehicle: 0, second, metres: index < 3 ? 800 : 3000 }, index),
    );
    run(line, log, 2);
    expect(line.visits.takeTold().map(({ fenceId, leftMs }) => [fenceId, leftMs])).toEqual([
      ["1010", null],
      ["fence:region", null],
    ]);
    run(line, log);
    const left = START_MS + 180_000;
    expect(line.visits.takeTold()).toMatchObject([
      {
        ...{ vehicleId: "T0", fenceId: "1010", enteredMs: START_MS, leftMs: left },
        ...{ record: { offset: "0" }, leftRecord: { offset: "3", timestampMs: Number(log[3]!.timestamp) } },
      },
    ]);
    line.tellAll();
    expect(line.visits.takeTold()).toMatchObject([{ fenceId: "fence:region", leftMs: null, record: { offset: "0" } }]);
  });

  test("end with their fence, also when it went while nobody was running", async () => {
    const database = aStore();
    const line = database.load();
    const log = [0, 60].map((second, index) => toRecord({ vehicle: 0, second, metres: 0 }, index));
    run(line, log, 1);
    await new LineKeeper(line, database.store).save();
    const without = new FenceIndex(FENCES.filter(({ id }) => id !== "1010"));
    line.visits.setFences(without);
    const again = database.load(without);
    for (const told of [line.visits.takeTold(), again.visits.takeTold()]) {
      expect(told).toContainEqual(expect.objectContaining({ fenceId: "1010", leftMs: START_MS }));
    }
    run(again, log);
    await new LineKeeper(again, database.store).save();
    expect(database.visits().map(({ fenceId, leftMs }) => [fenceId, leftMs])).toEqual([
      ["1010", START_MS],
      ["fence:region", null],
    ]);
  });
});
