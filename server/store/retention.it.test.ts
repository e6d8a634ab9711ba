import { afterAll, beforeAll, expect, test } from "vitest";
import { createLogger } from "../platform/logger.ts";
import { sapChange } from "../projections/orders-testing.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { pastRows } from "./as-of-rows.ts";
import { readImages } from "./change-images.ts";
import { applyChanges } from "./changes.ts";
import { type Database, openDatabase } from "./client.ts";
import { createRetentionReader } from "./retention.ts";
import { runRetention } from "./retention-round.ts";

const NOW_MS = Date.UTC(2026, 10, 20, 12);
const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(NOW_MS - days * DAY_MS);
const logger = createLogger("test", "silent");
let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url);
});
afterAll(async () => {
  await database.$disconnect();
  await own.drop();
});

const record = { topic: "t", partition: 0, recordTimestamp: ago(1) };
const letter = (offset: bigint, status: string, days: number) => ({
  ...{
    ...record,
    recordOffset: offset,
    lane: "telemetry",
    connector: "canonical",
    stage: "decode",
    reason: "not_json",
  },
  ...{ message: "", fields: [], headers: {}, sizeBytes: 1, status, createdAt: ago(days) },
});

test("each kind is kept for its own days; what is open or still there is kept longer", async () => {
  await database.setting.create({ data: { name: "retention", value: { dead_letters: 10 }, updatedBy: "test" } });
  await database.deadLetter.createMany({
    data: [letter(1n, "discarded", 11), letter(2n, "open", 400), letter(3n, "replayed", 9)],
  });
  const visit = { fenceId: "1010", ...record, recordOffset: 1n };
  await database.visit.createMany({
    data: [
      { ...visit, vehicleId: "gone", enteredAt: ago(100), leftAt: ago(99) },
      { ...visit, vehicleId: "there", enteredAt: ago(100), leftAt: null },
      { ...visit, vehicleId: "lately", enteredAt: ago(100), leftAt: ago(80) },
    ],
  });
  await database.auditEntry.createMany({
    data: [731, 700].map((days) => ({ time: ago(days), actor: "a", action: "b", subject: String(days) })),
  });
  const estimate = { tripId: "t", stop: 0, p50: ago(1), p90: ago(1) };
  await database.etaSample.createMany({ data: [100, 50].map((days) => ({ ...estimate, madeAt: ago(days) })) });

  expect(await runRetention({ database, logger }, NOW_MS)).toEqual({
    dead_letters: 1,
    visits: 1,
    audit: 1,
    estimates: 1,
  });
  expect((await database.deadLetter.findMany()).map(({ recordOffset }) => recordOffset)).toEqual([2n, 3n]);
  expect((await database.visit.findMany()).map(({ vehicleId }) => vehicleId).sort()).toEqual(["lately", "there"]);
  expect((await database.auditEntry.findMany()).map(({ subject }) => subject)).toEqual(["700"]);
  expect(await runRetention({ database, logger }, NOW_MS)).toEqual({});
  const runs = await createRetentionReader(database).runs();
  expect(runs.get("visits")).toEqual({ removed: 1, removedLast: 0, finishedAt: new Date(NOW_MS) });
});

test("old changes go when nothing they said is left, and images and later moments stay what they were", async () => {
  const laterMs = NOW_MS + 400 * DAY_MS;
  const changes = Array.from({ length: 40 }, (_, n) => ({
    ...sapChange(n + 1, "KNA1", n === 0 ? "create" : "update", {
      KUNNR: "1",
      NAME1: `name ${n}`,
      [`F${n % 3}`]: `${n}`,
    }),
    commitTimeMs: laterMs - (300 - n * 7) * DAY_MS,
  }));
  await database.$transaction((db) => applyChanges(db, changes));
  const row = { system: "sap", entity: "KNA1", key: changes[0]!.key };
  const moments = [91, 60, 30, 0].map((days) => laterMs - days * DAY_MS);
  const answers = async () => [
    await readImages(database, [row]),
    ...(await Promise.all(moments.slice(1).map((atMs) => pastRows(database, [row], atMs)))),
  ];
  const before = await answers();
  const { changes: removed } = await runRetention({ database, logger }, laterMs);
  expect(removed).toBeGreaterThan(10);
  expect(await database.cdcChange.count()).toBe(40 - removed!);
  expect(await answers()).toEqual(before);
});

test("what is stored is counted by kind, parts of days with the table they are of", async () => {
  const use = await createRetentionReader(database).use();
  expect(use.changes.oldest).not.toBeNull();
  expect(use.readings.oldest).toBeNull();
  for (const { bytes } of Object.values(use)) expect(bytes).toBeGreaterThan(0);
});
