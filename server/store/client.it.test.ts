import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { type Database, openDatabase } from "./client.ts";

const AT = new Date("2026-08-19T14:30:01.250Z");
let own: TestDatabase;
let db: Database;

beforeAll(async () => {
  own = await testDatabase();
  const admin = openDatabase(own.url, 1);
  await admin.$executeRawUnsafe(
    `alter database ${new URL(own.url).pathname.slice(1)} set timezone = 'America/New_York'`,
  );
  await admin.$disconnect();
  db = openDatabase(own.url, 1);
});
afterAll(async () => {
  await db.$disconnect();
  await own.drop();
});

test("times are the same moments in a database whose own time zone is not UTC", async () => {
  const [written] = await db.$queryRaw<{ ms: number }[]>`
    select (extract(epoch from ${AT}::timestamptz) * 1000)::float8 as ms`;
  const [read] = await db.$queryRaw<{ at: Date }[]>`select ${AT.toISOString()}::text::timestamptz as at`;
  expect({ written: written!.ms, read: read!.at }).toEqual({ written: AT.getTime(), read: AT });
});
