import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ChangeChunk } from "../contracts/lane.ts";
import { REPLAY_HEADERS } from "../contracts/topics.ts";
import { type Database, openDatabase } from "../store/client.ts";
import { createTelemetryLane, type TelemetryLane } from "./telemetry-lane.ts";
import { aReading, START_MS, type TelemetryWorld, telemetryWorld, until } from "./telemetry-testing.ts";

let world: TelemetryWorld;
let db: Database;
let lane: TelemetryLane | null = null;

beforeAll(async () => {
  world = await telemetryWorld();
  db = openDatabase(world.database.url, 2);
});
afterEach(async () => {
  await lane?.stop();
  lane = null;
});
afterAll(async () => {
  await db.$disconnect();
  await world.close();
});

async function started(): Promise<TelemetryLane> {
  lane = createTelemetryLane(world.settings);
  await lane.start();
  return lane;
}
const delivered = (count: number) =>
  until(`${count} records are delivered`, () => lane!.status().records.delivered === count && lane!.status());

describe("the telemetry lane in its thread", () => {
  test("a reading becomes the present, the track and a change for the browsers; the outcomes add up", async () => {
    const running = await started();
    const chunks: ChangeChunk[] = [];
    running.onChunk((chunk) => chunks.push(chunk));
    await world.produce(0, [
      aReading("T1", 1, { coolantC: 88 }),
      aReading("T1", 3),
      aReading("T1", 2, { latitude: undefined, longitude: undefined, speedKmh: 7 }),
      aReading("T1", 3),
      { key: "T1", value: null },
      { key: "T1", value: "{" },
    ]);
    await world.produce(1, [aReading("T2", 5, { ignition: true, speedKmh: 0, cargoC: [3.9, -18] })]);

    const status = await delivered(7);
    expect(status.records).toMatchObject({ applied: 3, late: 1, repeated: 1, ignored: 1, rejected: 1, gaps: 0 });
    const [t1, t2, ...others] = await running.vehicles(["T1", "T2", "nobody"]);
    expect(others).toEqual([]);
    expect(t1).toMatchObject({
      id: "T1",
      moving: "stopped",
      seenMs: START_MS + 3000,
      position: { latitude: 41.0003, longitude: -87.9997, speedKmh: 3, timeMs: START_MS + 3000 },
      measures: { coolantC: { value: 88, timeMs: START_MS + 1000 } },
      record: { topic: world.readingsTopic, partition: 0, offset: "1", timestampMs: START_MS + 3000 },
    });
    expect(t2).toMatchObject({
      moving: "idling",
      measures: { ignition: { value: true }, cargoC: { value: [3.9, -18] } },
    });

    const track = await running.track("T1", START_MS, START_MS + 10_000, 100);
    expect(track.map(({ timeMs }) => timeMs - START_MS)).toEqual([1000, 3000]);
    await until("both vehicles are told", () => new Set(chunks.flatMap(({ newIds }) => newIds)).size === 2);
    const letters = await until("the dead letter is stored", async () => {
      const rows = await db.deadLetter.findMany();
      return rows.length === 1 && rows;
    });
    expect(letters[0]).toMatchObject({
      reason: "not_json",
      recordOffset: 5n,
      lane: "telemetry",
      connector: "canonical",
    });
  });

  test("after a restart the state, the history and the counters are as they were, and a repeat is still a repeat", async () => {
    const running = await started();
    const before = await delivered(7);
    expect(await running.vehicles(["T1"])).toMatchObject([{ position: { speedKmh: 3 } }]);
    const series = await running.series("T1", ["speedKmh", "coolantC"], START_MS, START_MS + 10_000, 100);
    expect(series.speedKmh?.map(({ value }) => value)).toEqual([1, 7, 3]);
    expect(series.coolantC).toEqual([{ timeMs: START_MS + 1000, value: 88 }]);
    await world.produce(0, [aReading("T1", 3), aReading("T1", 9)]);
    const after = await delivered(9);
    expect(after.records).toMatchObject({ ...before.records, delivered: 9, applied: 4, repeated: 2 });
    const track = await running.track("T1", START_MS, START_MS + 10_000, 2);
    expect(track.map(({ timeMs }) => timeMs - START_MS)).toEqual([1000, 3000]);
  });

  test("a reader that comes late is told the whole state first", async () => {
    const running = await started();
    await delivered(9);
    const told = new Map<string, number>();
    running.onChunk(({ newIds, firstId, index, timeMs }) => {
      for (let place = 0; place < index.length; place++) told.set(newIds[index[place]! - firstId]!, timeMs[place]!);
    });
    await until("all vehicles are told", () => told.size === 2);
    expect(told.get("T1")).toBe(START_MS + 9000);
  });

  test("a repeat that its vehicle has long forgotten is found in the history, and is not stored again", async () => {
    const running = await started();
    await delivered(9);
    await world.produce(
      0,
      Array.from({ length: 40 }, (_, index) => aReading("T1", 100 + index)),
    );
    await delivered(49);
    await until(
      "they are stored",
      async () => (await db.consumerOffset.findFirst({ where: { nextOffset: 48n } })) !== null,
    );
    await world.produce(0, [aReading("T1", 101), aReading("T1", 102, { readingId: "late one" }), aReading("T1", 103)]);
    await delivered(52);
    const status = await until(
      "the history has decided",
      () => running.status().records.repeated === 4 && running.status(),
    );
    expect(status.records.late).toBe(2);
    const track = await running.track("T1", START_MS + 100_000, START_MS + 200_000, 1000);
    expect(track).toHaveLength(41); // the 40, and the one that stands at a time of theirs without being a repeat
  });

  test("a replay passes as the record it stands for, and its dead letter says how it went", async () => {
    const running = await started();
    const before = await delivered(52);
    const headers = (id: string, topic = world.readingsTopic) => ({
      [REPLAY_HEADERS.deadLetter]: id,
      [REPLAY_HEADERS.topic]: topic,
      [REPLAY_HEADERS.partition]: "0",
      [REPLAY_HEADERS.offset]: "5",
      [REPLAY_HEADERS.timestamp]: String(START_MS + 500_000),
    });
    const id = `${world.readingsTopic}~0~5`;
    await db.$executeRaw`update dead_letter set status = 'replayed'`;
    const broken = { value: "{{", headers: headers(id) };
    await world.produce(0, [broken, { value: "x", headers: headers("sap.LIKP~0~1", "sap.LIKP") }], world.replaysTopic);
    const open = await until("it is open again", () => db.deadLetter.findFirst({ where: { status: "open" } }));
    expect(open.attempts).toMatchObject([{ action: "rejected_again" }]);

    await db.$executeRaw`update dead_letter set status = 'replayed'`;
    const mended = { ...aReading("T9", 500), headers: headers(id) };
    await world.produce(0, [mended], world.replaysTopic);
    const applied = await until("it is applied", async () => {
      const letter = await db.deadLetter.findFirst();
      return letter !== null && (letter.attempts as unknown[]).length === 2 && letter;
    });
    expect(applied).toMatchObject({ status: "replayed", attempts: [{}, { action: "applied" }] });
    expect(await running.vehicles(["T9"])).toMatchObject([{ record: { topic: world.readingsTopic, offset: "5" } }]);
    const { records } = await delivered(before.records.delivered + 3);
    expect(records.rejected + records.ignored + records.applied).toBe(
      before.records.rejected + before.records.ignored + before.records.applied + 3,
    );
  });
});
