import { memoryUsage } from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call } from "@/server/testing/call.ts";
import { type TestTower, testTower } from "@/server/testing/tower.ts";
import { POST as cancel } from "./[id]/cancel/route.ts";
import { GET as file } from "./[id]/file/route.ts";
import { GET as job } from "./[id]/route.ts";
import { GET as jobs, POST as request } from "./route.ts";

const MILLION = 1_000_000;
const COMMON = { timeZone: "America/Chicago", units: "us" };

let tower: TestTower;
beforeAll(async () => {
  tower = await testTower();
  await tower.exportWorks.start();
});
afterAll(async () => {
  await tower.exportWorks.stop();
  await tower.stop();
});

const ask = (body: object) => call(request, "/api/v1/exports", { body: { ...COMMON, ...body } });

async function ended(id: string, watch = () => {}) {
  for (;;) {
    const { json } = await call(job, `/api/v1/exports/${id}`);
    if (json.status !== "queued" && json.status !== "running") return json;
    watch();
    await pause(50);
  }
}

/** A ledger of so many lines, made by the database itself. */
const fillLedger = (lines: number) =>
  tower.database.$executeRawUnsafe(`
  insert into stock_movement (id, client, material, site, storage_location, stock_type, movement_type, document, quantity,
    unit, posted_at, source_entity, source_key, topic, partition, record_offset, record_timestamp)
  select '100|' || n, '100', lpad((n % 400)::text, 18, '0'), '1010', '0001', 'unrestricted', '601', n::text, -1.5, 'EA',
    timestamptz '2026-08-19 14:30:00Z' + n * interval '1 second', 'MATDOC', n::text, 'sap.MATDOC', 0, n, now()
  from generate_series(1, ${lines}) as n`);

test("a million lines become a file with progress, and memory does not grow with them", {
  timeout: 240_000,
}, async () => {
  await fillLedger(MILLION);
  const { json } = await ask({ kind: "movements", filter: {}, columns: ["posted", "material", "quantity"] });
  const beforeBytes = memoryUsage().rss;
  let peakBytes = 0;
  const seen: number[] = [];
  const done = await ended(json.id, () => {
    peakBytes = Math.max(peakBytes, memoryUsage().rss);
    seen.push(peakBytes);
  });
  expect(done).toMatchObject({ status: "done", rows: MILLION, rowsTotal: MILLION, error: null });
  // The file itself has some 50 MB, and the rows as objects would be ten times that.
  expect(peakBytes - beforeBytes).toBeLessThan(250_000_000);
  const { text } = await call(file, `/api/v1/exports/${json.id}/file`);
  const lines = text.split("\n");
  expect(lines[0]).toBe("posted (America/Chicago),material,quantity");
  expect(lines[1]).toBe("2026-08-19 09:30:01,000000000000000001,-1.5");
  expect(lines).toHaveLength(MILLION + 2);
});

test("an export that is cancelled ends and leaves no file", async () => {
  const { json } = await ask({ kind: "movements", filter: {} });
  expect((await call(cancel, `/api/v1/exports/${json.id}/cancel`)).json.status).toBe("cancelled");
  expect(await ended(json.id)).toMatchObject({ status: "cancelled" });
  expect((await call(file, `/api/v1/exports/${json.id}/file`)).status).toBe(409);
  expect((await call(cancel, `/api/v1/exports/${json.id}/cancel`)).status).toBe(409);
});

test("filter, columns, zone and units are those that were asked for", async () => {
  const { json } = await ask({ kind: "vehicles", filter: { q: "T1" }, columns: ["vehicle", "speed", "last_seen"] });
  await ended(json.id);
  const { text } = await call(file, `/api/v1/exports/${json.id}/file`);
  expect(text.split("\n")[0]).toBe("vehicle,speed (mph),last_seen (America/Chicago)");
  expect(text.split("\n")[1]).toMatch(/^T1,55,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(text.split("\n")).toHaveLength(3);
});

test("a column, a zone and a filter that are not there are refused by name", async () => {
  const wrong = [
    [{ kind: "vehicles", filter: {}, columns: ["secret"] }, "/columns/0"],
    [{ kind: "vehicles", filter: {}, timeZone: "Mars/Base" }, "/timeZone"],
    [{ kind: "vehicles", filter: { colour: "red" } }, "/filter/colour"],
  ] as const;
  for (const [body, path] of wrong) {
    const refused = await ask(body);
    expect([refused.status, refused.json.errors[0].path]).toEqual([400, path]);
  }
});

test("exports are of whoever asked for them", async () => {
  const { json } = await ask({ kind: "vehicles", filter: {} });
  await ended(json.id);
  await tower.database.exportJob.update({ where: { id: json.id }, data: { ownerId: "user:somebody-else" } });
  expect((await call(job, `/api/v1/exports/${json.id}`)).status).toBe(404);
  expect((await call(file, `/api/v1/exports/${json.id}/file`)).status).toBe(404);
  const listed = (await call(jobs, "/api/v1/exports")).json.items as { id: string }[];
  expect(listed.some(({ id }) => id === json.id)).toBe(false);
});
