import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { type Database, openDatabase } from "./client.ts";
import { storeRejected } from "./dead-letters.ts";
import { noteReplays } from "./note-replays.ts";
import { createDeadLetterWriter } from "./settle-dead-letter.ts";

let own: TestDatabase;
let db: Database;

beforeAll(async () => {
  own = await testDatabase();
  db = openDatabase(own.url, 2);
});
afterAll(async () => {
  await db.$disconnect();
  await own.drop();
});
beforeEach(async () => {
  await db.$executeRaw`truncate dead_letter, outbox`;
  const record = {
    ...{ topic: "t", partition: 1, offset: 2n, timestampMs: 1000, key: null, value: null, headers: {} },
  };
  const why = { stage: "decode" as const, reason: "not_json", message: "", fields: [] };
  await storeRejected(db, [{ ...record, ...why, lane: "telemetry", connector: "canonical" }]);
});

const rejection = { reason: "not_json", message: "still" };
const note = (replay: string, why: typeof rejection | null) =>
  noteReplays(db, [{ deadLetter: "t~1~2", replay, rejection: why }], 5000);
const settle = (status: "replayed" | "discarded") =>
  createDeadLetterWriter(db).settle({ topic: "t", partition: 1, offset: 2n }, status, {
    ...{ time: "2026-08-19T14:30:01.250Z", actor: "admin", action: status },
  });
const letter = async () => {
  const { status, attempts } = await db.deadLetter.findFirstOrThrow();
  return { status, actions: (attempts as { action: string }[]).map(({ action }) => action) };
};

test("a replay that the log brings again, after a person has sent the next, is not told as the next one's outcome", async () => {
  await settle("replayed");
  await note("r~0~1", rejection);
  await settle("replayed");
  await note("r~0~1", rejection);
  expect(await letter()).toEqual({ status: "replayed", actions: ["replayed", "rejected_again", "replayed"] });
  await note("r~0~2", rejection);
  expect((await letter()).status).toBe("open");
});

test("a replay that was sent twice is told once", async () => {
  await settle("replayed");
  await note("r~0~1", null);
  await note("r~0~2", null);
  expect(await letter()).toEqual({ status: "replayed", actions: ["replayed", "applied"] });
});

test("a replay that was sent twice does not open what has been discarded since", async () => {
  await settle("replayed");
  await note("r~0~1", rejection);
  await settle("discarded");
  await note("r~0~2", rejection);
  expect((await letter()).status).toBe("discarded");
});
