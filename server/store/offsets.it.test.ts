import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noOutcomes } from "../contracts/outcome.ts";
import { Fenced } from "../platform/fenced.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { type Database, openDatabase } from "./client.ts";
import { advanceOffsets, areStored, claimOffsets, type OffsetMove, readEpochs } from "./offsets.ts";

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

const lane = "test";
const aMove = (over: Partial<OffsetMove>): OffsetMove => ({
  topic: "t",
  partition: 0,
  epoch: 1n,
  expected: 0,
  next: 10,
  lastHash: -7,
  sequence: 1,
  counters: { ...noOutcomes(), delivered: 10, applied: 10 },
  ...over,
});

describe("the fence", () => {
  test("a claim begins at the stored offset and raises the epoch, so an earlier owner moves nothing", async () => {
    const [first] = await claimOffsets(db, lane, [{ topic: "t", partition: 0 }]);
    expect(first).toMatchObject({ epoch: 1n, nextOffset: 0, lastHash: null });
    await advanceOffsets(db, lane, [aMove({})]);
    const [second] = await claimOffsets(db, lane, [{ topic: "t", partition: 0 }]);
    expect(second).toMatchObject({ epoch: 2n, nextOffset: 10, lastHash: -7, counters: { delivered: 10 } });
    await expect(advanceOffsets(db, lane, [aMove({ expected: 10, next: 20 })])).rejects.toBeInstanceOf(Fenced);
    expect((await readEpochs(db, lane)).get("t~0")).toBe(2n);
  });

  test("one fenced partition of a line rolls the others back as well", async () => {
    await claimOffsets(db, lane, [
      { topic: "a", partition: 1 },
      { topic: "b", partition: 1 },
    ]);
    await claimOffsets(db, lane, [{ topic: "b", partition: 1 }]);
    const moves = [aMove({ topic: "a", partition: 1 }), aMove({ topic: "b", partition: 1 })];
    await expect(db.$transaction((tx) => advanceOffsets(tx, lane, moves))).rejects.toBeInstanceOf(Fenced);
    const [a] = await claimOffsets(db, lane, [{ topic: "a", partition: 1 }]);
    expect(a).toMatchObject({ nextOffset: 0 });
  });

  test("a commit whose answer was lost is recognised as ours", async () => {
    await claimOffsets(db, lane, [{ topic: "c", partition: 2 }]);
    const move = aMove({ topic: "c", partition: 2 });
    expect(await areStored(db, lane, [move])).toBe(false);
    await advanceOffsets(db, lane, [move]);
    expect(await areStored(db, lane, [move])).toBe(true);
    await claimOffsets(db, lane, [{ topic: "c", partition: 2 }]);
    expect(await areStored(db, lane, [move])).toBe(false);
  });
});
