import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RejectedRecord } from "../contracts/dead-letter.ts";
import { noOutcomes } from "../contracts/outcome.ts";
import type { Checkpoint } from "../pipeline/telemetry/line-keeper.ts";
import { Fenced } from "../platform/fenced.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { loadState, saveCheckpoint, saveRejects } from "./checkpoints.ts";
import { type Database, openDatabase } from "./client.ts";
import { historyAt, historyBetween } from "./history.ts";
import { dropHistoryParts, makeHistoryParts } from "./history-parts.ts";
import { claimOffsets } from "./offsets.ts";

const DAY_MS = 86_400_000;
let own: TestDatabase;
let db: Database;

beforeAll(async () => {
  own = await testDatabase();
  db = openDatabase(own.url);
});
afterAll(async () => {
  await db.$disconnect();
  await own.drop();
});

const lane = "telemetry" as const;
const aCheckpoint = (over: Partial<Checkpoint> = {}): Checkpoint => ({
  partition: 3,
  sequence: 1,
  topics: [{ topic: "t", epoch: 1n, from: 0, next: 5, lastHash: 1, counters: { ...noOutcomes(), delivered: 5 } }],
  segment: { data: Buffer.from("first"), rows: 2, minTimeMs: 1000, maxTimeMs: 2000 },
  state: null,
  visits: [],
  rejects: { rejected: [], replays: [], claim: { topic: "t", partition: 3, epoch: 1n } },
  ...over,
});
const texts = async (segments: AsyncIterable<Buffer | { data: Buffer }>) => {
  const found: string[] = [];
  for await (const segment of segments) found.push(("data" in segment ? segment.data : segment).toString());
  return found;
};

describe("checkpoints", () => {
  test("what is loaded is the last state row with the segments stored since", async () => {
    await claimOffsets(db, lane, [{ topic: "t", partition: 3 }]);
    await saveCheckpoint(db, lane, aCheckpoint());
    const next = { topic: "t", epoch: 1n, from: 5, next: 9, lastHash: 2, counters: noOutcomes() };
    const state = { data: Buffer.from("state"), vehicleIds: ["a", "b"] };
    const second = { data: Buffer.from("second"), rows: 1, minTimeMs: 5000, maxTimeMs: 6000 };
    await saveCheckpoint(db, lane, aCheckpoint({ sequence: 2, topics: [next], segment: second, state }));
    const third = { data: Buffer.from("third"), rows: 1, minTimeMs: 1500, maxTimeMs: 9000 };
    const last = { ...next, from: 9, next: 12 };
    await saveCheckpoint(db, lane, aCheckpoint({ sequence: 3, topics: [last], segment: third }));

    const loaded = await loadState(db, lane, 3);
    expect(loaded).toMatchObject({ sequence: 2, vehicleIds: ["a", "b"] });
    expect(loaded.state?.toString()).toBe("state");
    expect(loaded.segments.map(String)).toEqual(["third"]);
  });

  test("history is found by overlap and by single times, in rising order", async () => {
    expect(await texts(historyBetween(db, lane, 3, { fromMs: 1900, toMs: 5000, vehicle: null }))).toEqual([
      "first",
      "third",
      "second",
    ]);
    expect(await texts(historyAt(db, lane, 3, [1200, 8000]))).toEqual(["first", "third"]);
    expect(await texts(historyBetween(db, lane, 4, { fromMs: 0, toMs: 9000, vehicle: null }))).toEqual([]);
  });

  test("a checkpoint whose offset another owner has moved stores nothing at all", async () => {
    const fenced = aCheckpoint({
      sequence: 4,
      segment: { data: Buffer.from("x"), rows: 1, minTimeMs: 1, maxTimeMs: 2 },
    });
    await expect(saveCheckpoint(db, lane, fenced)).rejects.toBeInstanceOf(Fenced);
    expect(await texts(historyBetween(db, lane, 3, { fromMs: 0, toMs: 900, vehicle: null }))).toEqual([]);
  });

  test("the same checkpoint again, after its answer was lost, is no conflict and stores nothing twice", async () => {
    await claimOffsets(db, lane, [{ topic: "t", partition: 5 }]);
    await saveCheckpoint(db, lane, aCheckpoint({ partition: 5 }));
    await saveCheckpoint(db, lane, aCheckpoint({ partition: 5 }));
    expect(await texts(historyBetween(db, lane, 5, { fromMs: 0, toMs: 9000, vehicle: null }))).toEqual(["first"]);
  });

  test("of a flood of rejected records some are kept with their bytes and the others counted, each once; an old owner stores none", async () => {
    const rejected = Array.from(
      { length: 3000 },
      (_, at): RejectedRecord => ({
        ...{ topic: "flood", partition: 0, offset: BigInt(at), timestampMs: 1000, lane, connector: "canonical" },
        ...{
          stage: "decode",
          reason: "not_json",
          message: "the value is not JSON",
          fields: [],
          headers: { at: String(at) },
        },
        ...{ key: null, value: Buffer.from([0, 255, at % 256]) },
      }),
    );
    await claimOffsets(db, lane, [{ topic: "t", partition: 6 }]);
    const claim = { topic: "t", partition: 6, epoch: 1n };
    await saveRejects(db, lane, { rejected: rejected.slice(0, 700), replays: [], claim });
    const rejects = { rejected, replays: [], claim };
    await saveCheckpoint(db, lane, aCheckpoint({ partition: 6, segment: null, rejects }));
    const [kept, queued] = [await db.deadLetter.count(), await db.outbox.count()];
    const surplus = await db.deadLetterSurplus.aggregate({ _sum: { count: true } });
    expect(kept + Number(surplus._sum.count)).toBe(3000);
    expect(queued).toBe(kept);
    const letter = await db.deadLetter.findFirst({ where: { recordOffset: 99n } });
    expect(letter).toMatchObject({ sizeBytes: 3, headers: { at: "99" }, recordTimestamp: new Date(1000), key: null });
    expect([...letter!.value!]).toEqual([0, 255, 99]);
    const overtaken = { ...claim, epoch: 0n };
    await expect(saveRejects(db, lane, { rejected, replays: [], claim: overtaken })).rejects.toThrow(Fenced);
    await db.$executeRaw`truncate dead_letter, dead_letter_surplus, outbox`;
  });

  test("daily parts are made ahead, and dropped after the retention unless they are still the redo log", async () => {
    const parts = async () =>
      (
        await db.$queryRaw<{ name: string }[]>`
          select tablename as name from pg_tables where schemaname = 'parts' order by 1`
      ).map(({ name }) => name);
    const start = Date.UTC(2020, 0, 1);
    await makeHistoryParts(db, start);
    expect(await parts()).toContain("history_segment_20200104");
    expect(await parts()).toContain("history_chunk_20200104");
    await db.$executeRaw`
      insert into history_segment values ('2020-01-02', ${lane}, 9, 1, 1, now(), now(), true, '')`;
    await dropHistoryParts(db, start + 40 * DAY_MS, 30);
    expect(await parts()).toContain("history_segment_20200102");
    expect(await parts()).not.toContain("history_segment_20200101");
    expect(await parts()).not.toContain("history_chunk_20200102");
  });

  test("a day that began without its part stays in the default part, and neither stops the next days nor outlives them", async () => {
    const start = Date.UTC(2021, 0, 1);
    await db.$executeRaw`
      insert into history_segment values ('2021-01-01', ${lane}, 8, 1, 1, now(), now(), true, '')`;
    await makeHistoryParts(db, start);
    await db.$executeRaw`
      insert into history_segment values ('2021-01-02', ${lane}, 8, 2, 1, now(), now(), true, '')`;
    const places = await db.$queryRaw<{ place: string }[]>`
      select tableoid::regclass::text as place from history_segment where partition = 8 order by sequence`;
    expect(places.map(({ place }) => place)).toEqual([
      "parts.history_segment_default",
      "parts.history_segment_20210102",
    ]);

    const isFirstKept = async () =>
      (await db.historySegment.count({ where: { partition: 8, day: new Date("2021-01-01") } })) === 1;
    await dropHistoryParts(db, start + 40 * DAY_MS, 30);
    expect(await isFirstKept()).toBe(true);
    await db.$executeRaw`insert into checkpoint values (${lane}, 8, 1, '', '')`;
    await dropHistoryParts(db, start + 40 * DAY_MS, 30);
    expect(await isFirstKept()).toBe(false);
  });
});
