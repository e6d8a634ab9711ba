import { fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { startDatabase } from "../server/embedded/database/start-database.ts";
import { migrateDatabase } from "../server/embedded/launcher/migrate.ts";
import { parentOf } from "./processor-time.ts";

export type BenchServices = {
  databaseUrl: string;
  broker: string;
  /** Whose processor time is theirs. That of the database has a child for each connection. */
  databasePid: number;
  brokerPid: number;
  /** For whatever else has to lie somewhere for as long. */
  directory: string;
  stop(): Promise<void>;
};

/** A broker and a database of the bench's own, empty, on free ports, in a directory that goes away with them. */
export async function startServices(): Promise<BenchServices> {
  const directory = mkdtempSync(join(tmpdir(), "wheelhouse-bench-"));
  chmodSync(directory, 0o711); // as root, the database runs under an account that must be able to pass
  const remove = () => rmSync(directory, { recursive: true, force: true });
  process.once("exit", remove); // also when the bench is ended in the middle
  const database = await startDatabase({ directory: join(directory, "database") });
  const broker = await startBroker(join(directory, "broker"));
  const cloneDirectory = dirname(import.meta.dirname);
  await migrateDatabase({ cloneDirectory, url: database.url, environment: process.env });
  return {
    databaseUrl: database.url,
    broker: broker.address,
    databasePid: await postmasterOf(database.url),
    brokerPid: broker.pid,
    directory,
    async stop() {
      await broker.stop();
      await database.stop();
      process.off("exit", remove);
      remove();
    },
  };
}

/** The parent of any of its sessions. */
async function postmasterOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    return parentOf(rows[0]!.pid);
  } finally {
    await client.end();
  }
}

/** The broker's bundle lies beside the bench's. */
async function startBroker(directory: string): Promise<{ address: string; pid: number; stop(): Promise<void> }> {
  const commandLine = ["--data-dir", directory, "--port", "0", "--log-level", "error"];
  const child = fork(join(import.meta.dirname, "broker.mjs"), commandLine, {
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const ended = exited.then(([code]): never => {
    throw new Error(`the broker ended with ${code} before it was ready`);
  });
  const [message] = (await Promise.race([once(child, "message"), ended])) as [{ port: number }];
  ended.catch(() => {}); // from now on it may end
  return {
    address: `127.0.0.1:${message.port}`,
    pid: child.pid!,
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}
