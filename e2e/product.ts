import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const LAUNCHER = join(dirname(import.meta.dirname), "dist/launcher.mjs");
const UP_MS_MAX = 120_000;
const POLL_MS = 100;

/** What this product's own environment must not inherit from whoever runs the tests. */
const UNSET = {
  DATABASE_URL: "",
  KAFKA_BROKERS: "",
  WHEELHOUSE_SECRET: "",
  WHEELHOUSE_PUBLIC_URL: "",
  PORT: "",
  HOST: "",
};

export type Product = {
  web: string;
  broker: string;
  database: string;
  dataDirectory: string;
  printed(): string;
  stop(): Promise<void>;
};

/** Starts what `npm start` starts, on data of its own that goes away when it is stopped. */
export async function startProduct(environment: Record<string, string> = {}): Promise<Product> {
  const directory = mkdtempSync(join(tmpdir(), "wheelhouse-e2e-"));
  chmodSync(directory, 0o711); // as root, the database runs under an account that must be able to pass
  const dataDirectory = join(directory, "data");
  const child = spawn(process.execPath, ["--enable-source-maps", LAUNCHER], {
    // With this name in its environment the launcher ends when we do, whatever happens to us.
    env: { ...process.env, ...UNSET, npm_lifecycle_event: "e2e", WHEELHOUSE_DATA_DIR: dataDirectory, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (printed += text.toString()));
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));

  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
    rmSync(directory, { recursive: true, force: true });
  };
  const endpointsFile = join(dataDirectory, "endpoints.json");
  for (let waitedMs = 0; !existsSync(endpointsFile); waitedMs += POLL_MS) {
    if (child.exitCode !== null || waitedMs > UP_MS_MAX) {
      await stop();
      throw new Error(`the product did not start:\n${printed}`);
    }
    await pause(POLL_MS);
  }
  const endpoints = JSON.parse(readFileSync(endpointsFile, "utf8")) as {
    web: string;
    broker: string;
    database: string;
  };
  return { ...endpoints, dataDirectory, printed: () => printed, stop };
}
