import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startEmbeddedBroker } from "../server/testing/start-embedded-broker.ts";
import { expect, test } from "./fixtures.ts";
import { expectTruth, outcomesOf, type Truth } from "./ground-truth.ts";
import { listeningProcess } from "./listening-process.ts";
import { startProduct } from "./product.ts";

const KEY = "seeded-world-key-0123456789-0123456789";
const CLONE = dirname(import.meta.dirname);
const DAY = ["--vehicles", "60", "--seed", "7", "--speed", "max", "--duration", String(24 * 3600)];
const TROUBLE = ["--broken", "200", "--repeated", "500", "--late", "500"];
const WORLD_MS_MAX = 240_000;
const CATCH_UP = { timeout: 180_000, intervals: [500] };

/** A broker whose topics hold a day of the simulated world, and what a reader of them must end with. */
type Log = { broker: string; truth: Truth; close(): Promise<void> };
let log: Log;

test.beforeAll(async () => {
  test.setTimeout(WORLD_MS_MAX);
  log = await writeLog();
});
test.afterAll(() => log?.close());

async function writeLog(): Promise<Log> {
  const directory = mkdtempSync(join(tmpdir(), "wheelhouse-e2e-log-"));
  const broker = await startEmbeddedBroker({ cloneDirectory: CLONE, directory });
  const close = async () => {
    await broker.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  const world = spawn(process.execPath, [join(CLONE, "dist/simulator.mjs"), ...DAY, ...TROUBLE], {
    env: { ...process.env, KAFKA_BROKERS: broker.address },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  try {
    return { broker: broker.address, truth: await truthOf(world), close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    world.kill("SIGTERM");
  }
}

async function truthOf(world: ChildProcess): Promise<Truth> {
  const [{ truthPort }] = (await once(world, "message")) as [{ truthPort: number }];
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${truthPort}/${path}`)).json();
  const state = async () => ((await ask("status")) as { state: string }).state;
  await expect.poll(state, { timeout: WORLD_MS_MAX, intervals: [500] }).toBe("done");
  return (await ask("truth")) as Truth;
}

for (const isKilled of [false, true]) {
  const inTheMiddle = isKilled ? " and is killed in the middle of it" : "";
  test(`a tower that reads a day with known troubles${inTheMiddle} ends equal to its ground truth`, async ({
    playwright,
  }) => {
    test.setTimeout(400_000);
    const product = await startProduct({
      WHEELHOUSE_SIMULATOR: "off",
      WHEELHOUSE_API_KEY: KEY,
      KAFKA_BROKERS: log.broker,
    });
    const extraHTTPHeaders = { authorization: `Bearer ${KEY}` };
    const api = await playwright.request.newContext({ baseURL: product.web, extraHTTPHeaders });
    const outcomes = () => outcomesOf(api).catch((): Awaited<ReturnType<typeof outcomesOf>> => ({}));
    try {
      if (isKilled) {
        const delivered = async () => (await outcomes())["telematics.readings"]?.delivered ?? 0;
        await expect.poll(delivered, { intervals: [50] }).toBeGreaterThan(20_000);
        expect(await delivered()).toBeLessThan(log.truth.outcomes["telematics.readings"]!.delivered);
        process.kill(listeningProcess(Number(new URL(product.web).port)), "SIGKILL");
      }
      await expect.poll(outcomes, CATCH_UP).toEqual(log.truth.outcomes);
      await expectTruth(api, log.truth);
    } finally {
      await api.dispose();
      await product.stop();
    }
  });
}
