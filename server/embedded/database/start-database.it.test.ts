import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findProcesses, isAlive } from "../launcher/processes.ts";
import { choosePlace, fallbackDirectory } from "./places.ts";
import { type EmbeddedDatabase, startDatabase } from "./start-database.ts";

let directory: string;
let running: EmbeddedDatabase | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "wheelhouse-database-"));
  chmodSync(directory, 0o711);
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(directory, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedDatabase> {
  running = await startDatabase({ directory: join(directory, "database"), sharedDirectory: join(directory, "shared") });
  return running;
}

async function query(database: EmbeddedDatabase, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

function postmasterPid(): number {
  return Number(readFileSync(join(directory, "database/data/postmaster.pid"), "utf8").split("\n")[0]);
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await pause(20);
}

test("what was committed is there after a stop and a start, at the same address", async () => {
  const first = await start();
  await query(first, "create table kept (id int)");
  await query(first, "insert into kept values (1)");
  await first.stop();
  const second = await start();
  expect(await query(second, "select id from kept")).toEqual([{ id: 1 }]);
  expect(second.url).toBe(first.url);
});

test("what was committed is there after the server was killed, and the kill is noticed", async () => {
  const first = await start();
  await query(first, "create table kept (id int)");
  await query(first, "insert into kept values (1)");
  process.kill(postmasterPid(), "SIGKILL");
  await first.exited;
  expect(await query(await start(), "select id from kept")).toEqual([{ id: 1 }]);
});

/** A launcher of its own that starts the database and then does nothing; it prints one line when the database is up. */
async function startInOtherProcess(): Promise<{ pid: number; kill(): Promise<void> }> {
  const script = `
    const { startDatabase } = await import(${JSON.stringify(join(import.meta.dirname, "start-database.ts"))});
    await startDatabase({ directory: ${JSON.stringify(join(directory, "database"))}, sharedDirectory: ${JSON.stringify(join(directory, "shared"))} });
    console.log("up");
    setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = once(child, "exit");
  await once(child.stdout, "data");
  const kill = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  return { pid: child.pid ?? 0, kill };
}

test("the server shuts down by itself when its launcher was killed", async () => {
  const launcher = await startInOtherProcess();
  const pid = postmasterPid();
  await launcher.kill();
  await untilGone(pid);
  expect(readFileSync(join(directory, "database/postgresql.log"), "utf8")).toContain("database system is shut down");
});

test("a server that outlived its launcher is ended by the next start, which has its data", async () => {
  const launcher = await startInOtherProcess();
  const orphan = postmasterPid();
  for (const watchdog of findProcesses(`wheelhouse-database-watchdog ${orphan}`)) process.kill(watchdog, "SIGKILL");
  await launcher.kill();
  expect(isAlive(orphan)).toBe(true);
  const database = await start();
  expect(isAlive(orphan)).toBe(false);
  expect(await query(database, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("the password is for the owner alone, and the server refuses any other", async () => {
  const database = await start();
  expect(statSync(join(directory, "database/password")).mode & 0o777).toBe(0o600);
  const other = new URL(database.url);
  other.password = "wrong";
  const client = new pg.Client({ connectionString: other.href });
  await expect(client.connect()).rejects.toThrow(/password authentication failed/);
});

test("an interrupted creation of the files is done anew", async () => {
  mkdirSync(join(directory, "database/data.new"), { recursive: true, mode: 0o711 });
  writeFileSync(join(directory, "database/data.new/PG_VERSION"), "18");
  expect(await query(await start(), "show server_encoding")).toEqual([{ server_encoding: "UTF8" }]);
});

test("a data directory that the service account cannot enter is replaced by one it can", async () => {
  chmodSync(directory, 0o711);
  const closed = join(directory, "closed");
  mkdirSync(closed, { mode: 0o700 });
  const shared = join(directory, "shared");
  const place = choosePlace(join(closed, "database"), shared);
  const isRoot = process.getuid?.() === 0;
  expect(place.directory).toBe(isRoot ? fallbackDirectory(join(closed, "database"), shared) : join(closed, "database"));
  running = await startDatabase({ directory: join(closed, "database"), sharedDirectory: shared });
  expect(await query(running, "select 1 as one")).toEqual([{ one: 1 }]);
});
