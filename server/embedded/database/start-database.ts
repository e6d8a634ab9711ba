import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { anyFreePort, isPortFree, rememberedPort } from "../launcher/ports.ts";
import { locateBinaries } from "./binaries.ts";
import { DATABASE_USER, ensureCluster } from "./cluster.ts";
import { choosePlace, type DatabasePlace, SHARED_DIRECTORY } from "./places.ts";
import { clearStalePostmaster, type Postmaster, startPostmaster, stopPostmaster } from "./postmaster.ts";

const HOST = "127.0.0.1";
const DATABASE_NAME = "wheelhouse";
const ATTEMPTS_MAX = 10;
const RETRY_MS = 500;

export type EmbeddedDatabase = {
  /** With the password: not for logs. */
  url: string;
  address: string;
  stop(): Promise<void>;
  /** Ends the server at once; what was committed is recovered by the next start. */
  kill(): void;
  /** Settles when the server is gone, asked for or not. */
  exited: Promise<void>;
};

/**
 * Starts the PostgreSQL that npm carries, on files below `directory` (or, as root with a directory that no other
 * account can enter, below `sharedDirectory`), with a port and a password of its own. When the process that called
 * this dies without a word, the server shuts down by itself; if even that failed, the next start ends it.
 */
export async function startDatabase(options: {
  directory: string;
  sharedDirectory?: string;
  /** Off only for tests: what was committed may then be lost when the machine fails. */
  isDurable?: boolean;
}): Promise<EmbeddedDatabase> {
  const sharedDirectory = options.sharedDirectory ?? SHARED_DIRECTORY;
  const place = choosePlace(options.directory, sharedDirectory);
  const binaries = locateBinaries(place.account, sharedDirectory);
  const password = await ensureCluster(place, binaries);
  await clearStalePostmaster(place);

  const { postmaster, port } = await startWithRetries(place, { binaries, isDurable: options.isDurable ?? true });
  const watchdog = startWatchdog(postmaster, place);
  void postmaster.exited.then(() => watchdog.kill("SIGKILL"));
  const address = `${HOST}:${port}`;
  try {
    await ensureDatabase(`postgresql://${DATABASE_USER}:${password}@${address}/postgres`);
  } catch (error) {
    await stopPostmaster(postmaster);
    throw error;
  }
  return {
    url: `postgresql://${DATABASE_USER}:${password}@${address}/${DATABASE_NAME}`,
    address,
    stop: () => stopPostmaster(postmaster),
    kill: () => void postmaster.child.kill("SIGQUIT"),
    exited: postmaster.exited,
  };
}

/** After a crash the old server's last sessions may linger for a moment; and a port may be taken in the meantime. */
async function startWithRetries(
  place: DatabasePlace,
  options: { binaries: string; isDurable: boolean },
): Promise<{ postmaster: Postmaster; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(place);
    try {
      const postmaster = await startPostmaster(place, { ...options, port });
      writeFileSync(place.portFile, String(port));
      return { postmaster, port };
    } catch (error) {
      const isPassing = /shared memory block|could not create any TCP\/IP sockets/.test(
        readFileSync(place.logFile, "utf8"),
      );
      if (!isPassing || attempt === ATTEMPTS_MAX) throw error;
      await pause(RETRY_MS);
    }
  }
}

async function choosePort(place: DatabasePlace): Promise<number> {
  const remembered = rememberedPort(place.portFile);
  return remembered > 0 && (await isPortFree(remembered, HOST)) ? remembered : anyFreePort(HOST);
}

/** Reads a pipe that nobody writes: when our end of it closes, we are gone, and the server is told to shut down. */
function startWatchdog(postmaster: Postmaster, place: DatabasePlace): ChildProcess {
  const pid = String(postmaster.child.pid);
  const watchdog = spawn("/bin/sh", ["-c", 'read -r _; kill -INT "$1"', "wheelhouse-database-watchdog", pid], {
    ...place.account,
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watchdog.unref();
  return watchdog;
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [DATABASE_NAME]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE_NAME}`);
  } finally {
    await client.end();
  }
}
