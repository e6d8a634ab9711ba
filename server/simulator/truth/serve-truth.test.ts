import { afterAll, beforeAll, expect, test } from "vitest";
import { aWorld, recordsOf, START_MS } from "../testing.ts";
import { createWorld, type World } from "../world.ts";
import { serveTruth, type TruthServer } from "./serve-truth.ts";

const world = createWorld(aWorld({ vehicles: 300 }));
let shown: World | null = null;
let server: TruthServer;

beforeAll(async () => {
  recordsOf(world, 20_000);
  server = await serveTruth({ port: 0, world: () => shown, status: () => ({ state: "running" }) });
});
afterAll(() => server.close());

async function ask(path: string, method = "GET") {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method });
  return { status: response.status, body: await response.json() };
}

test("before the world has begun there is a status and no truth", async () => {
  shown = null;
  expect(await ask("/status")).toEqual({ status: 200, body: { state: "running" } });
  expect((await ask("/truth")).status).toBe(503);
});

test("the whole truth and each of its sections are told, with their moment", async () => {
  shown = world;
  const { body } = await ask("/truth");
  expect(body.asOf).toBe(new Date(START_MS + 20_000).toISOString());
  expect(body.vehicles).toEqual(JSON.parse(JSON.stringify([...world.truth.vehicles()])));
  expect(body.snapshots).toEqual(JSON.parse(JSON.stringify([...world.truth.snapshots()])));
  expect(body.sites).toHaveLength(60);
  for (const section of ["outcomes", "deadLetters", "sites", "vehicles", "snapshots"]) {
    expect((await ask(`/truth/${section}`)).body).toEqual({ asOf: body.asOf, [section]: body[section] });
  }
});

test("anything else is refused", async () => {
  shown = world;
  expect((await ask("/truth/nothing")).status).toBe(404);
  expect((await ask("/truth", "POST")).status).toBe(405);
});
