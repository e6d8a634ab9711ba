import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../store/client.ts";
import { claimOffsets } from "../store/offsets.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";

let own: TestDatabase;

beforeAll(async () => {
  own = await testDatabase();
});
afterAll(() => own.drop());

test("whoever falls asleep in the middle of a transaction holds its successor up for a bounded time, and stores nothing after it", async () => {
  const [sleeper, successor] = [openDatabase(own.url, 2, 300), openDatabase(own.url, 2, 300)];
  const partitions = [{ topic: "t", partition: 0 }];
  await claimOffsets(sleeper, "telemetry", partitions);
  let wake = () => {};
  const asleep = new Promise<void>((done) => {
    wake = done;
  });
  let holds = () => {};
  const isHeld = new Promise<void>((done) => {
    holds = done;
  });
  const sleeping = sleeper.$transaction(
    async (db) => {
      await db.$executeRaw`update consumer_offset set next_offset = 5 where topic = 't'`;
      holds();
      await asleep;
    },
    { timeout: 50_000 },
  );
  const ended = sleeping.then(
    () => "stored",
    () => "refused",
  );
  await isHeld;
  const [claimed] = await claimOffsets(successor, "telemetry", partitions);
  expect(claimed).toMatchObject({ epoch: 2n, nextOffset: 0 });
  wake();
  expect(await ended).toBe("refused");
  await Promise.all([sleeper.$disconnect(), successor.$disconnect()]);
});
