import { fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Health } from "../server/contracts/health.ts";
import { anyFreePort } from "../server/embedded/launcher/ports.ts";
import type { BenchServices } from "./services.ts";

const START_MS_MAX = 120_000;
const STOP_MS_MAX = 20_000;
const POLL_MS = 200;
const LOG_SHOWN_CHARACTERS = 4_000;

/** The bootstrap key and the first admin of a tower that lives for one bench. */
export const TOWER_KEY = "a-key-for-the-bench-and-nothing-else";
export const TOWER_ADMIN = { email: "bench@wheelhouse.example", password: "a password for the bench" };

export type Counts = Health["lanes"][string]["records"];

export type TowerProcess = {
  web: string;
  pid: number;
  /** Readings by what became of them, as the lane told last: up to half a second ago. */
  readings(): Promise<Counts>;
  vehicles(): Promise<number>;
  stop(): Promise<void>;
};

/** The environment of a tower on these services, on a port of its own. */
export async function towerEnvironment(services: BenchServices): Promise<NodeJS.ProcessEnv & { PORT: string }> {
  return {
    ...process.env,
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    PORT: String(await anyFreePort()),
    DATABASE_URL: services.databaseUrl,
    KAFKA_BROKERS: services.broker,
    KAFKAJS_NO_PARTITIONER_WARNING: "1",
    NEXT_TELEMETRY_DISABLED: "1",
    WHEELHOUSE_PUBLIC_URL: "",
    WHEELHOUSE_ROLES: "all",
    WHEELHOUSE_SIMULATOR: "off",
    WHEELHOUSE_DATA_DIR: join(services.directory, "tower"),
    WHEELHOUSE_SECRET: "a secret for the bench and nothing else",
    WHEELHOUSE_API_KEY: TOWER_KEY,
    WHEELHOUSE_ADMIN_EMAIL: TOWER_ADMIN.email,
    WHEELHOUSE_ADMIN_PASSWORD: TOWER_ADMIN.password,
    LOG_LEVEL: "warn",
  };
}

/** The whole tower as the product runs it, in its own process: pages, API, sockets and lanes. */
export async function startTower(services: BenchServices, flags: readonly string[] = []): Promise<TowerProcess> {
  const environment = await towerEnvironment(services);
  const logFile = join(services.directory, "tower.log");
  const log = openSync(logFile, "w");
  const child = fork(join(import.meta.dirname, "main.mjs"), {
    env: environment,
    execArgv: ["--enable-source-maps", ...flags],
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const exited = once(child, "exit");
  const tail = () => readFileSync(logFile, "utf8").slice(-LOG_SHOWN_CHARACTERS);
  const failed = exited.then(([code]): never => {
    throw new Error(`the tower ended with ${code}:\n${tail()}`);
  });
  failed.catch(() => {}); // told to whoever asks the tower next
  const late = delay(START_MS_MAX, undefined, { ref: false }).then((): never => {
    throw new Error(`the tower was not up after ${START_MS_MAX / 1000} s:\n${tail()}`);
  });
  await Promise.race([once(child, "message"), failed, late]);
  const web = `http://127.0.0.1:${environment.PORT}`;

  async function readings(): Promise<Counts> {
    const response = await Promise.race([fetch(`${web}/api/health`), failed]);
    const health = (await response.json()) as Health;
    return health.lanes.telemetry!.records;
  }

  return {
    web,
    pid: child.pid!,
    readings,
    async vehicles() {
      const response = await Promise.race([fetch(`${web}/metrics`), failed]);
      return Number(/^wheelhouse_vehicles (\d+)$/m.exec(await response.text())?.[1] ?? 0);
    },
    async stop() {
      const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
      child.kill("SIGTERM");
      await exited;
      clearTimeout(timer);
    },
  };
}

/** Waits until the tower knows so many vehicles. */
export async function untilVehicles(tower: TowerProcess, vehicles: number, msMax: number): Promise<void> {
  for (const sinceMs = performance.now(); ; await delay(POLL_MS)) {
    const known = await tower.vehicles();
    if (known >= vehicles) return;
    if (performance.now() - sinceMs > msMax)
      throw new Error(`after ${msMax / 1000} s the tower knows ${known} of ${vehicles} vehicles`);
  }
}
