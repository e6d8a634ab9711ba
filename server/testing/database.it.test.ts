import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "./database.ts";

let first: TestDatabase;
let second: TestDatabase;

beforeAll(async () => {
  [first, second] = await Promise.all([testDatabase(), testDatabase()]);
});
afterAll(async () => {
  await Promise.all([first.drop(), second.drop()]);
});

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

test("each suite gets a migrated database that no other suite sees", async () => {
  await query(
    first.url,
    "insert into site (id, kind, name, latitude, longitude, topic, partition, record_offset, record_timestamp) values ('1010', 'plant', 'Joliet', 41.5, -88.1, 'master.sites', 0, 0, now())",
  );
  expect(await query(first.url, "select id from site")).toEqual([{ id: "1010" }]);
  expect(await query(second.url, "select id from site")).toEqual([]);
});
