import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CanonicalReadings } from "../../connectors/canonical/readings.ts";
import { noOutcomes } from "../../contracts/outcome.ts";
import { REPLAY_HEADERS } from "../../contracts/topics.ts";
import { buildTelemetry } from "../build.ts";
import { decideLate } from "./decide-late.ts";
import { FenceIndex } from "./fence-index.ts";
import { type Checkpoint, LineKeeper, type LineStore } from "./line-keeper.ts";
import { decodeSegment, encodeSegment } from "./segment.ts";
import { type LineDeps, type LineRecord, type StoredLine, TelemetryLine } from "./telemetry-line.ts";

const START_MS = Date.UTC(2026, 7, 19);
const TOPIC = "readings";
const deps = (over: Partial<LineDeps> = {}): LineDeps => ({
  readingsTopic: TOPIC,
  replaysTopic: "replays",
  steps: buildTelemetry({ read: new CanonicalReadings().read }),
  fences: new FenceIndex([]),
  hashOf: (record) => Number(record.offset),
  ...over,
});
const claim = (over: Partial<StoredLine["topics"][number]> = {}) => ({
  topic: TOPIC,
  epoch: 1n,
  nextOffset: 0,
  lastHash: null,
  counters: noOutcomes(),
  ...over,
});
const aLine = (over: Partial<StoredLine> = {}): TelemetryLine =>
  new TelemetryLine(deps(), {
    partition: 3,
    topics: [claim()],
    sequence: 0,
    vehicleIds: [],
    state: null,
    segments: [],
    visits: [],
    ...over,
  });

type Reading = { vehicle: number; second: number; speed: number | null; coolant: number | null };
/** One reading for each vehicle and second: of two at the same time the log's order decides, which is not under test. */
const readings = fc.uniqueArray(
  fc.record({
    vehicle: fc.integer({ min: 0, max: 3 }),
    second: fc.integer({ min: 0, max: 40 }),
    speed: fc.option(fc.integer({ min: 0, max: 100 })),
    coolant: fc.option(fc.integer({ min: 20, max: 120 })),
  }),
  { selector: ({ vehicle, second }) => vehicle * 1000 + second, minLength: 1, maxLength: 60 },
);

const toRecord = (reading: Reading, offset: number): LineRecord => ({
  key: null,
  offset: String(offset),
  timestamp: String(START_MS + 60_000),
  value: Buffer.from(
    JSON.stringify({
      schema: "reading.v1",
      vehicleId: `T${reading.vehicle}`,
      time: new Date(START_MS + reading.second * 1000).toISOString(),
      readingId: `${reading.vehicle}-${reading.second}`,
      ...(reading.speed === null ? {} : { speedKmh: reading.speed }),
      ...(reading.coolant === null ? {} : { coolantC: reading.coolant }),
    }),
  ),
});

function runAll(line: TelemetryLine, records: readonly LineRecord[], chunkSize = records.length): TelemetryLine {
  for (let from = 0; from < records.length; from += chunkSize) {
    const chunk = records.slice(from, from + chunkSize);
    line.run(TOPIC, chunk, 0, Number(chunk[chunk.length - 1]!.offset));
  }
  return line;
}

/** The present without where its record stands, which is the only thing that order may change. */
const presentOf = (line: TelemetryLine) =>
  [0, 1, 2, 3].map((vehicle) => {
    const { record: _record, ...state } = line.vehicle(`T${vehicle}`) ?? { record: null };
    return state;
  });

/** A store that keeps what it is given, as the database does. */
function memoryStore(): LineStore & { saved: Checkpoint[] } {
  const saved: Checkpoint[] = [];
  return {
    saved,
    save: async (checkpoint) => void saved.push(checkpoint),
    saveRejects: async () => {},
    async *segmentsAt() {
      for (const { segment } of saved) if (segment) yield segment.data;
    },
  };
}

function stored(saved: readonly Checkpoint[]): Partial<StoredLine> {
  const last = saved[saved.length - 1];
  if (!last) return {};
  const stateAt = saved.findLastIndex(({ state }) => state !== null);
  const { next, lastHash, counters } = last.topics[0]!;
  return {
    sequence: last.sequence,
    topics: [claim({ nextOffset: next, lastHash, counters })],
    vehicleIds: saved[stateAt]?.state?.vehicleIds ?? [],
    state: saved[stateAt]?.state?.data ?? null,
    segments: saved.slice(stateAt + 1).flatMap(({ segment }) => (segment ? [segment.data] : [])),
  };
}

describe("the state of a partition", () => {
  test("readings in any order, with repeats, in chunks of any size, end the same", () => {
    const shuffled = readings.chain((list) =>
      fc.record({
        list: fc.constant(list),
        again: fc.shuffledSubarray([...list, ...list], { minLength: list.length, maxLength: list.length * 2 }),
        chunkSize: fc.integer({ min: 1, max: 20 }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ list, again, chunkSize }) => {
        const inOrder = [...list].sort((a, b) => a.second - b.second).map(toRecord);
        const mixed = [...again, ...list].map(toRecord);
        const expected = presentOf(runAll(aLine(), inOrder));
        const line = runAll(aLine(), mixed, chunkSize);
        expect(presentOf(line)).toEqual(expected);
        const { delivered, applied, late, repeated, ignored, rejected } = line.counters(TOPIC);
        expect(delivered).toBe(mixed.length);
        expect(applied + late + repeated + ignored + rejected).toBe(delivered);
      }),
    );
  });

  test("a line that was stored and loaded again at any moments equals one that never stopped", async () => {
    const run = fc.record({ list: readings, cuts: fc.array(fc.nat(59), { maxLength: 30 }) });
    await fc.assert(
      fc.asyncProperty(run, async ({ list, cuts }) => {
        const records = [...list, ...list].map(toRecord);
        const straight = runAll(aLine(), records);
        const store = memoryStore();
        let line = aLine();
        for (const [index, record] of records.entries()) {
          line.run(TOPIC, [record], 0, index);
          if (!cuts.includes(index)) continue;
          await new LineKeeper(line, store).save();
          line = aLine(stored(store.saved));
        }
        expect(presentOf(line)).toEqual(presentOf(straight));
        expect([0, 1, 2, 3].map((id) => line.vehicle(`T${id}`))).toEqual(
          [0, 1, 2, 3].map((id) => straight.vehicle(`T${id}`)),
        );
        await new LineKeeper(line, store).save();
        await new LineKeeper(straight, memoryStore()).save();
        // With the history's help each reading is stored once, wherever the line was cut.
        const kept = store.saved.reduce((sum, { segment }) => sum + (segment?.rows ?? 0), 0);
        expect(kept).toBe(list.length);
        expect(line.counters(TOPIC)).toMatchObject({ delivered: records.length, repeated: list.length });
      }),
      { numRuns: 60 },
    );
  });
});

describe("a segment", () => {
  test("gives back every kept reading, bit for bit, and any choice of its columns", () => {
    fc.assert(
      fc.property(readings, (list) => {
        const line = runAll(aLine(), [...list, ...list].map(toRecord));
        const cut = line.cut()!;
        const kept = [...Array(cut.rows.count).keys()].filter((row) => cut.rows.outcome[row] !== 2);
        const { data } = encodeSegment(cut.rows, cut.firstVehicle, cut.newIds)!;
        const { rows, newIds, firstVehicle } = decodeSegment(data);
        expect({ newIds, firstVehicle }).toEqual({ newIds: cut.newIds, firstVehicle: 0 });
        const plain = (from: typeof rows, row: number) =>
          (["vehicle", "timeMs", "offset", "recordedMs", "identityA", "identityB", "mask", "event"] as const).map(
            (name) => from[name][row],
          );
        kept.forEach((row, index) => {
          expect(plain(rows, index)).toEqual(plain(cut.rows, row));
        });
        const some = decodeSegment(data, { base: ["timeMs"], values: [] }).rows;
        expect([...some.timeMs.subarray(0, some.count)]).toEqual(kept.map((row) => cut.rows.timeMs[row]));
        expect(some.mask.every((mask) => mask === 0)).toBe(true);
      }),
    );
  });
});

describe("a record without a usable timestamp", () => {
  const [reading] = [{ vehicle: 0, second: 1, speed: 50, coolant: null }].map(toRecord);

  test.each(["-1", "1787149801250000", "1787149801250000000"])("is read and shown as one without: %s", (timestamp) => {
    const line = runAll(aLine(), [{ ...reading!, timestamp }]);
    expect(line.vehicle("T0")?.record).toMatchObject({ offset: "0", timestampMs: -1 });
  });

  test("can be replayed", () => {
    const line = aLine({ topics: [claim(), claim({ topic: "replays" })] });
    const headers = {
      [REPLAY_HEADERS.deadLetter]: `${TOPIC}~3~7`,
      [REPLAY_HEADERS.topic]: TOPIC,
      [REPLAY_HEADERS.offset]: "7",
      [REPLAY_HEADERS.timestamp]: "-1",
    };
    line.run("replays", [{ ...reading!, headers }], 0, 0);
    expect(line.vehicle("T0")?.record).toMatchObject({ topic: TOPIC, offset: "7", timestampMs: -1 });
    expect(line.takeRejects().replays).toMatchObject([{ deadLetter: `${TOPIC}~3~7`, rejection: null }]);
  });

  test("is a dead letter that can be stored, whatever its headers hold", () => {
    const broken = { key: null, offset: "0", timestamp: "1787149801250000000", value: Buffer.from("{") };
    const line = runAll(aLine(), [{ ...broken, headers: { source: "a\u0000b" } }]);
    expect(line.takeRejects().rejected).toMatchObject([{ timestampMs: -1, headers: { source: "a\ufffdb" } }]);
  });
});

describe("storing", () => {
  const three = [1, 2, 3].map((second) => toRecord({ vehicle: 0, second, speed: 50, coolant: null }, second - 1));

  test("a checkpoint that failed is stored as it was, before what came after it", async () => {
    const store = memoryStore();
    let isAway = true;
    const save: LineStore["save"] = async (checkpoint) => {
      if (isAway) throw new Error("away");
      await store.save(checkpoint);
    };
    const line = runAll(aLine(), three.slice(0, 2));
    const keeper = new LineKeeper(line, { ...store, save });
    await expect(keeper.save()).rejects.toThrow("away");
    line.run(TOPIC, three.slice(2), 0, 2);
    expect(keeper.unsaved().map(({ count }) => count)).toEqual([2, 1]);
    isAway = false;
    await keeper.save();
    await keeper.save();
    expect(store.saved.map(({ topics }) => [topics[0]!.from, topics[0]!.next])).toEqual([
      [0, 2],
      [2, 3],
    ]);
  });

  test("rejected records that could not be stored ahead travel with the checkpoint", async () => {
    const store = memoryStore();
    const line = aLine();
    line.run(TOPIC, [{ key: null, offset: "0", timestamp: String(START_MS), value: Buffer.from("{") }], 0, 0);
    const saveRejects = async () => {
      throw new Error("away");
    };
    const keeper = new LineKeeper(line, { ...store, saveRejects });
    await expect(keeper.flushRejects()).rejects.toThrow("away");
    await keeper.save();
    expect(store.saved[0]?.rejects.rejected).toMatchObject([{ offset: 0n, reason: "not_json", partition: 3 }]);
    expect(line.hasUnstoredRejects()).toBe(false);
  });

  test("a defect in a step is told, and nothing of the half-folded chunk is stored", () => {
    const steps = [
      ...buildTelemetry({ read: new CanonicalReadings().read }),
      () => {
        throw new Error("defect");
      },
    ];
    const line = new TelemetryLine(deps({ steps }), {
      ...{ partition: 3, topics: [claim()], sequence: 0, vehicleIds: [], state: null, segments: [], visits: [] },
    });
    expect(() => line.run(TOPIC, three, 0, 2)).toThrow("defect");
    expect(line.expected(TOPIC)).toBe(0);
    expect(line.cut()).toBeNull();
  });

  test("offsets that hold no record are counted apart", () => {
    const line = aLine();
    line.run(TOPIC, [three[0]!, { ...three[1]!, offset: "4" }], 0, 6);
    expect(line.counters(TOPIC)).toMatchObject({ delivered: 2, applied: 2, gaps: 5 });
    expect(line.expected(TOPIC)).toBe(7);
  });
});

test("a reading older than a day is late without a look into the history", async () => {
  const line = aLine();
  const old = {
    ...toRecord({ vehicle: 0, second: 0, speed: 1, coolant: null }, 20),
    timestamp: String(START_MS + 2 * 86_400_000),
  };
  const newer = Array.from({ length: 20 }, (_, at) =>
    toRecord({ vehicle: 0, second: at + 1, speed: 1, coolant: null }, at),
  );
  runAll(line, [...newer, old]);
  let asked = 0;
  const repeated = await decideLate(line.rows, async function* () {
    asked += 1;
    yield* [];
  });
  expect({ asked, repeated }).toEqual({ asked: 0, repeated: 0 });
});

test("repeats that the database was away to tell are counted once it answers", async () => {
  const line = aLine();
  const newer = Array.from({ length: 20 }, (_, at) =>
    toRecord({ vehicle: 0, second: at + 30, speed: 1, coolant: null }, at),
  );
  const old = toRecord({ vehicle: 0, second: 1, speed: 1, coolant: null }, 20);
  const between = newer.slice(0, 9).map((record, at) => ({ ...record, offset: String(21 + at) }));
  runAll(line, [...newer, old, ...newer.slice(5, 15), ...between, { ...old, offset: "40" }]);
  let isAway = true;
  const store: LineStore = {
    ...memoryStore(),
    async *segmentsAt() {
      if (isAway) throw new Error("away");
      yield* [];
    },
  };
  const keeper = new LineKeeper(line, store);
  await expect(keeper.save()).rejects.toThrow("away");
  isAway = false;
  await keeper.save();
  expect(line.counters(TOPIC)).toMatchObject({ delivered: 41, applied: 20, late: 1, repeated: 20 });
});

test("a list is newest as a whole, whatever order its readings come in", () => {
  const cargo = (second: number, cargoC: number[]): LineRecord => ({
    ...toRecord({ vehicle: 1, second, speed: null, coolant: null }, second),
    value: Buffer.from(
      JSON.stringify({ schema: "reading.v1", vehicleId: "T1", time: new Date(START_MS + second * 1000), cargoC }),
    ),
  });
  const older = cargo(1, [1, 2]);
  const newer = cargo(2, [3.9]);
  for (const records of [
    [older, newer],
    [newer, older],
  ]) {
    const ordered = records.map((record, offset) => ({ ...record, offset: String(offset) }));
    expect(runAll(aLine(), ordered).vehicle("T1")?.measures.cargoC?.value).toEqual([3.9]);
  }
});
