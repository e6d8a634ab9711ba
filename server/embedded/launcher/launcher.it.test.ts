import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { testBrokers } from "../../testing/broker.ts";
import { type TestDatabase, testDatabase } from "../../testing/database.ts";
import { anyFreePort } from "./ports.ts";
import { isAlive } from "./processes.ts";

const LAUNCHER = join(import.meta.dirname, "fixtures/launcher.ts");

let database: TestDatabase;
let dataDirectory: string;
let launchers: Launcher[];

beforeEach(async () => {
  database = await testDatabase();
  dataDirectory = join(mkdtempSync(join(tmpdir(), "wheelhouse-launcher-")), "data");
  launchers = [];
});
afterEach(async () => {
  for (const launcher of launchers) await launcher.end("SIGTERM");
  await database.drop();
  rmSync(dirname(dataDirectory), { recursive: true, force: true });
});

type Launcher = {
  process: ChildProcess;
  printed(): string;
  end(signal: NodeJS.Signals): Promise<number | null>;
  exitCode: Promise<number | null>;
};

function start(environment: Record<string, string> = {}, commandLine: string[] = []): Launcher {
  const child = spawn(process.execPath, ["--import", "tsx", LAUNCHER, ...commandLine], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      NODE_ENV: "production",
      PATH: "/usr/local/bin:/usr/bin:/bin",
      DATABASE_URL: database.url,
      KAFKA_BROKERS: testBrokers().join(","),
      WHEELHOUSE_DATA_DIR: dataDirectory,
      WHEELHOUSE_SIMULATOR: "on",
      ...environment,
    },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const exitCode = once(child, "exit").then(([code]) => code as number | null);
  const launcher = {
    process: child,
    printed: () => text,
    exitCode,
    end(signal: NodeJS.Signals) {
      child.kill(signal);
      return exitCode;
    },
  };
  launchers.push(launcher);
  return launcher;
}

async function startUntilUp(environment: Record<string, string> = {}): Promise<Launcher> {
  const launcher = start(environment);
  await until(() => launcher.printed().includes("Wheelhouse is up"), launcher);
  return launcher;
}

async function until(isSo: () => boolean, launcher?: Launcher): Promise<void> {
  while (!isSo()) {
    if (launcher && launcher.process.exitCode !== null) throw new Error(`the launcher ended: ${launcher.printed()}`);
    await pause(20);
  }
}

type FixtureEvent = { name: string; event: string; pid: number; port: number };
function events(): FixtureEvent[] {
  const lines = readFileSync(join(dataDirectory, "events"), "utf8").trim().split("\n");
  return lines
    .map((line) => line.split(" "))
    .map(([name = "", event = "", pid, port]) => ({ name, event, pid: Number(pid), port: Number(port) }));
}
const said = () => events().map(({ name, event }) => `${name} ${event}`);
const pidOf = (name: string) =>
  events().findLast((entry) => entry.name === name && entry.event === "started")?.pid ?? 0;

test("all is started in order and named to people and programs, and SIGTERM ends it in reverse", async () => {
  const launcher = await startUntilUp();
  const endpoints = JSON.parse(readFileSync(join(dataDirectory, "endpoints.json"), "utf8")) as Record<string, string>;
  expect(Object.keys(endpoints)).toEqual(["web", "broker", "database"]);
  expect(endpoints.database).toBe(`postgresql://${new URL(database.url).host}${new URL(database.url).pathname}`);
  expect(launcher.printed()).toContain(endpoints.web);
  expect(launcher.printed()).toContain("Sign in as somebody");
  expect(await launcher.end("SIGTERM")).toBe(0);
  expect(said()).toEqual(["tower started", "simulator started", "simulator asked", "tower asked"]);
  expect(existsSync(join(dataDirectory, "endpoints.json"))).toBe(false);
});

test("Ctrl-C and a closed terminal end it as SIGTERM does", async () => {
  for (const signal of ["SIGINT", "SIGHUP"] as const) {
    const launcher = await startUntilUp();
    expect(await launcher.end(signal)).toBe(0);
    expect(said().slice(-2)).toEqual(["simulator asked", "tower asked"]);
  }
});

test("the children end by themselves when the launcher is killed, and the next start is not in anybody's way", async () => {
  const launcher = await startUntilUp();
  const pids = [pidOf("tower"), pidOf("simulator")];
  await launcher.end("SIGKILL");
  await until(() => !pids.some(isAlive));
  expect(said().slice(-2).toSorted()).toEqual(["simulator deserted", "tower deserted"]);
  expect(await (await startUntilUp()).end("SIGTERM")).toBe(0);
});

test("a second Ctrl-C ends a child that does not listen, and everything with it, at once", async () => {
  const launcher = await startUntilUp({ FIXTURE_STUBBORN: "simulator" });
  const pids = [pidOf("tower"), pidOf("simulator")];
  launcher.process.kill("SIGINT");
  await until(() => said().includes("simulator refused"), launcher);
  // Signals that come together count once, so the second is sent until it counts.
  while (launcher.process.exitCode === null) {
    launcher.process.kill("SIGINT");
    await pause(100);
  }
  expect(launcher.process.exitCode).toBe(130);
  await until(() => !pids.some(isAlive));
});

test("a child that is killed is started again, visibly, at the same address", async () => {
  const launcher = await startUntilUp();
  const address = () => JSON.parse(readFileSync(join(dataDirectory, "endpoints.json"), "utf8")).web as string;
  const before = address();
  process.kill(pidOf("tower"), "SIGKILL");
  await until(() => launcher.printed().includes("The tower is up again"), launcher);
  expect(launcher.printed()).toContain("The tower ended (killed by SIGKILL). Starting it again");
  expect(address()).toBe(before);
  expect(await launcher.end("SIGTERM")).toBe(0);
  expect(said().slice(-2)).toEqual(["simulator asked", "tower asked"]);
});

test("a tower that starts again keeps its port, also where its public address has another", async () => {
  const launcher = await startUntilUp({ WHEELHOUSE_PUBLIC_URL: "https://tower.example", PORT: "0" });
  process.kill(pidOf("tower"), "SIGKILL");
  await until(() => launcher.printed().includes("The tower is up again"), launcher);
  const [first, second] = events().filter(({ name, event }) => name === "tower" && event === "started");
  expect(first!.port).toBeGreaterThan(0);
  expect(second!.port).toBe(first!.port);
});

test("a child that does not come up fails the start, and what had started is ended", async () => {
  const launcher = start({ FIXTURE_BREAKS: "simulator" });
  expect(await launcher.exitCode).toBe(1);
  expect(launcher.printed()).toContain("could not start the simulated world: exit code 7");
  expect(said().at(-1)).toBe("tower asked");
});

test("all bad values are named at once, before anything is started", async () => {
  const launcher = start({ PORT: "http", LOG_LEVEL: "loud", DATABASE_URL: "mysql://127.0.0.1/x" });
  expect(await launcher.exitCode).toBe(1);
  for (const name of ["PORT", "LOG_LEVEL", "DATABASE_URL"]) expect(launcher.printed()).toContain(name);
  expect(existsSync(dataDirectory)).toBe(false);
});

test("a port that was asked for and is taken fails the start", async () => {
  const port = await anyFreePort();
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  const launcher = start({ PORT: String(port) });
  expect(await launcher.exitCode).toBe(1);
  expect(launcher.printed()).toContain(`Port ${port} is taken`);
  other.close();
});

test("the default port moves on also when somebody takes it while the tower is starting", async () => {
  const launcher = start({ FIXTURE_LISTENS: "tower" });
  const ports = () =>
    events().flatMap(({ name, event, port }) => (`${name} ${event}` === "tower started" ? [port] : []));
  await until(() => existsSync(join(dataDirectory, "events")), launcher);
  const other = createServer().listen(ports()[0], "127.0.0.1");
  await once(other, "listening");
  writeFileSync(join(dataDirectory, "listen"), "");
  await until(() => launcher.printed().includes("Wheelhouse is up"), launcher);
  expect(launcher.printed()).toContain("The tower could not start where it wanted to; trying elsewhere.");
  expect(ports()).toHaveLength(2);
  expect(ports()[1]).toBeGreaterThan(ports()[0]!);
  other.close();
});

test("a second start in the same place says where the first one runs, and leaves it alone, --fresh too", async () => {
  const first = await startUntilUp();
  const web = JSON.parse(readFileSync(join(dataDirectory, "endpoints.json"), "utf8")).web as string;
  const second = start({}, ["--fresh"]);
  expect(await second.exitCode).toBe(1);
  expect(second.printed()).toContain(`already running here, at ${web}`);
  expect(existsSync(join(dataDirectory, "endpoints.json"))).toBe(true);
  expect(await first.end("SIGTERM")).toBe(0);
});

test("--fresh empties the data directory, and never one that Wheelhouse did not make", async () => {
  await (await startUntilUp()).end("SIGTERM");
  expect(said()).toContain("tower asked");
  const fresh = start({}, ["--fresh"]);
  await until(() => fresh.printed().includes("Wheelhouse is up"), fresh);
  expect(said()).toEqual(["tower started", "simulator started"]);
  await fresh.end("SIGTERM");

  rmSync(join(dataDirectory, "wheelhouse-data"));
  const refused = start({}, ["--fresh"]);
  expect(await refused.exitCode).toBe(1);
  expect(refused.printed()).toContain("holds files that Wheelhouse did not make");
  expect(said()).toContain("tower asked");
});
