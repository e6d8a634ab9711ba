import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { listeningProcess } from "./listening-process.ts";
import { type Product, startProduct } from "./product.ts";

const KEY = "seeded-world-key-0123456789-0123456789";
const SIMULATOR = join(import.meta.dirname, "../dist/simulator.mjs");
const TROUBLE = { broken: 200, repeated: 500, late: 500 };
const RUN = ["--vehicles", "300", "--seed", "7", "--speed", "max", "--duration", "3600"];
const CATCH_UP = { timeout: 120_000, intervals: [500] };

type Outcomes = Record<"delivered" | "applied" | "late" | "repeated" | "ignored" | "rejected", number>;
type Truth = {
  outcomes: Record<string, Outcomes>;
  deadLetters: Record<string, number>;
  sites: { siteId: string; name: string }[];
  vehicles: { id: string; position: object | null; measures: Record<string, object> }[];
  stock: {
    material: string;
    site: string;
    storageLocation: string;
    unit: string;
    quantities: Record<string, string>;
  }[];
  orders: {
    id: string;
    isCancelled: boolean;
    confirmedDay: string | null;
    value: { amount: string; currency: string };
  }[];
  snapshots: { system: string; entity: string; key: string; image: object; deleted: boolean; stale: boolean }[];
};

/** The simulated world as a process of its own; `truth` asks it what a reader of its records must end with. */
async function startWorld(
  product: Product,
): Promise<{ child: ChildProcess; isDone(): Promise<boolean>; truth(): Promise<Truth> }> {
  const trouble = Object.entries(TROUBLE).flatMap(([kind, count]) => [`--${kind}`, String(count)]);
  const child = spawn(process.execPath, [SIMULATOR, ...RUN, ...trouble], {
    env: { ...process.env, KAFKA_BROKERS: product.broker },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [{ truthPort }] = (await once(child, "message")) as [{ truthPort: number }];
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${truthPort}/${path}`)).json();
  return {
    child,
    isDone: async () => ((await ask("status")) as { state: string }).state === "done",
    truth: async () => (await ask("truth")) as Truth,
  };
}

async function outcomesOf(api: APIRequestContext): Promise<Record<string, Outcomes>> {
  const answer = await api.get("/api/v1/sources");
  if (!answer.ok()) return {};
  const { items } = (await answer.json()) as { items: { topic: string; records: Outcomes & { gaps: number } }[] };
  const read = items.filter(({ topic }) => !topic.startsWith("tower."));
  return Object.fromEntries(read.map(({ topic, records: { gaps: _, ...outcomes } }) => [topic, outcomes]));
}

async function everything(api: APIRequestContext, path: string): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for (let cursor = ""; ; ) {
    const answer = await api.get(`/api/v1/${path}${path.includes("?") ? "&" : "?"}limit=1000${cursor}`);
    const { items, nextCursor } = await answer.json();
    found.push(...items);
    if (nextCursor === null) return found;
    cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
  }
}

async function expectTruth(api: APIRequestContext, truth: Truth): Promise<void> {
  const letters = await everything(api, "dead-letters");
  expect(letters.length).toBe(TROUBLE.broken);
  const reasons: Record<string, number> = {};
  for (const { reason } of letters) reasons[String(reason)] = (reasons[String(reason)] ?? 0) + 1;
  expect(reasons).toEqual(truth.deadLetters);
  expect((await everything(api, "sites")).map(({ id }) => id).sort()).toEqual(
    truth.sites.map(({ siteId }) => siteId).sort(),
  );
  const vehicles = new Map((await everything(api, "vehicles")).map((vehicle) => [vehicle.id, vehicle]));
  expect(vehicles.size).toBe(truth.vehicles.length);
  for (const { id, position, measures } of truth.vehicles) {
    expect(vehicles.get(id)).toMatchObject({ measures });
    if (position) expect(vehicles.get(id)).toMatchObject({ position });
  }
  for (const { system, entity, key, image, deleted, stale } of truth.snapshots) {
    const path = `/api/v1/snapshots/${system}/${entity}/${encodeURIComponent(key)}`;
    // So many questions meet the rate limit now and then.
    const answer = async () => (await api.get(path)).json();
    await expect.poll(answer, { intervals: [1_000] }).toMatchObject({ image, deleted, stale });
  }
}

for (const isKilled of [false, true]) {
  const inTheMiddle = isKilled ? ", also when the tower is killed in the middle" : "";
  test(`a world with known troubles ends equal to its ground truth${inTheMiddle}`, async ({ playwright }) => {
    test.setTimeout(600_000);
    const product = await startProduct({ WHEELHOUSE_SIMULATOR: "off", WHEELHOUSE_API_KEY: KEY });
    const extraHTTPHeaders = { authorization: `Bearer ${KEY}` };
    const api = await playwright.request.newContext({ baseURL: product.web, extraHTTPHeaders });
    const world = await startWorld(product);
    try {
      if (isKilled) {
        await expect
          .poll(async () => (await outcomesOf(api))["telematics.readings"]?.delivered ?? 0)
          .toBeGreaterThan(2_000);
        process.kill(listeningProcess(Number(new URL(product.web).port)), "SIGKILL");
      }
      await expect.poll(() => world.isDone(), CATCH_UP).toBe(true);
      const truth = await world.truth();
      await expect.poll(() => outcomesOf(api).catch(() => ({})), CATCH_UP).toEqual(truth.outcomes);
      await expectTruth(api, truth);
    } finally {
      world.child.kill("SIGTERM");
      await api.dispose();
      await product.stop();
    }
  });
}
