import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { commandLineOf, isAlive } from "../launcher/processes.ts";
import type { DatabasePlace } from "./places.ts";

const POLL_MS = 25;
const READY_MS_MAX = 120_000; // crash recovery replays the log first
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "60",
  shared_buffers: "128MB",
  max_wal_size: "1GB",
  checkpoint_timeout: "10min",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
};

const STOP_SIGNALS = [
  { signal: "SIGINT", msMax: 10_000 },
  { signal: "SIGQUIT", msMax: 5_000 },
  { signal: "SIGKILL", msMax: 5_000 },
] as const;

export type Postmaster = { child: ChildProcess; exited: Promise<void> };

/** Starts the server and returns when it takes connections. Its messages go to the log file, begun anew each time. */
export async function startPostmaster(
  place: DatabasePlace,
  options: { binaries: string; port: number; isDurable: boolean },
): Promise<Postmaster> {
  const settings = Object.entries({ ...SETTINGS, port: String(options.port), fsync: options.isDurable ? "on" : "off" });
  const log = openSync(place.logFile, "w", 0o600);
  const child = spawn(
    join(options.binaries, "bin/postgres"),
    ["-D", place.dataDirectory, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    // A process group of its own: Ctrl-C reaches the launcher, which ends the database last.
    { ...place.account, cwd: "/", detached: true, stdio: ["ignore", log, log] },
  );
  closeSync(log);
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  await untilReady(place, child);
  return { child, exited };
}

async function untilReady(place: DatabasePlace, child: ChildProcess): Promise<void> {
  let failure: Error | undefined;
  child.once("error", (error) => (failure = error));
  for (let waitedMs = 0; waitedMs < READY_MS_MAX; waitedMs += POLL_MS) {
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`PostgreSQL did not start:\n${readFileSync(place.logFile, "utf8").slice(-4000)}`);
    const status = readPidFile(place);
    if (status?.pid === child.pid && status?.isReady) return;
    await pause(POLL_MS);
  }
  child.kill("SIGKILL");
  throw new Error(`PostgreSQL was not ready after ${READY_MS_MAX / 1000} s, see ${place.logFile}`);
}

/** `SIGINT` is PostgreSQL's fast shutdown: sessions are ended, everything is written. */
export async function stopPostmaster({ child, exited }: Postmaster, fastMsMax = 15_000): Promise<void> {
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGQUIT"), fastMsMax);
  await exited;
  clearTimeout(timer);
}

/**
 * Ends a server that outlived its launcher. The pid file of a dead one is left to PostgreSQL, which first makes sure
 * that no session of it still touches the data; only when the pid has gone to another program is the file in the way.
 */
export async function clearStalePostmaster(place: DatabasePlace): Promise<void> {
  const stale = readPidFile(place);
  if (!stale) return;
  for (const { signal, msMax } of STOP_SIGNALS) {
    if (!isOurPostgres(stale.pid, place)) break;
    process.kill(stale.pid, signal);
    for (let waitedMs = 0; waitedMs < msMax && isOurPostgres(stale.pid, place); waitedMs += POLL_MS)
      await pause(POLL_MS);
  }
  if (isAlive(stale.pid) && !isOurPostgres(stale.pid, place)) rmSync(pidFileOf(place), { force: true });
}

const pidFileOf = (place: DatabasePlace): string => join(place.dataDirectory, "postmaster.pid");

/** PostgreSQL writes its pid on the first line of this file, and how far it has come on the eighth. */
function readPidFile(place: DatabasePlace): { pid: number; isReady: boolean } | null {
  if (!existsSync(pidFileOf(place))) return null;
  const lines = readFileSync(pidFileOf(place), "utf8").split("\n");
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0 ? { pid, isReady: lines[7]?.trim() === "ready" } : null;
}

/** A pid may have gone to another program since: only a command line that names our data is ours. */
function isOurPostgres(pid: number, place: DatabasePlace): boolean {
  return commandLineOf(pid).includes(place.dataDirectory);
}
