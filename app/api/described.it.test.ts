import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { anOrder, ORDER_ID } from "@/server/domain/order/builders.ts";
import { DAYS_DEFAULT } from "@/server/domain/retention.ts";
import { hashOfToken } from "@/server/services/person/link.ts";
import { setTower } from "@/server/services/tower.ts";
import { openDatabase } from "@/server/store/client.ts";
import { storeRejected } from "@/server/store/dead-letters.ts";
import { type Answer, call, cookieOf } from "@/server/testing/call.ts";
import { aLane } from "@/server/testing/lane.ts";
import { TEST_ADMIN, type TestTower, testTower } from "@/server/testing/tower.ts";
import { GET as metrics } from "../metrics/route.ts";
import type { RouteHandler } from "./_http/define-route.ts";
import { POST as signIn } from "./auth/sign-in/email/route.ts";
import { GET as health } from "./health/route.ts";
import { GET as ready } from "./ready/route.ts";
import { allRoutes } from "./routes.ts";
import { GET as openapi } from "./v1/openapi.json/route.ts";
import { GET as sites } from "./v1/sites/route.ts";
import { GET as vehicle } from "./v1/vehicles/[id]/route.ts";
import { GET as track } from "./v1/vehicles/[id]/track/route.ts";
import { GET as vehicles } from "./v1/vehicles/route.ts";

type Shape = Record<string, never>;
type Operation = {
  responses: Record<string, { content: Record<string, { schema: Shape }> }>;
  parameters?: { name: string; in: string; schema: Shape }[];
};

const APP = join(import.meta.dirname, "..");
const RECORD = { topic: "sap.LIKP", partition: 3, recordOffset: 1n, recordTimestamp: new Date() };
const ADDRESSES: Record<string, string> = {
  "/api/v1/vehicles/{id}": "/api/v1/vehicles/T1",
  "/api/v1/vehicles/{id}/track": "/api/v1/vehicles/T1/track",
  "/api/v1/fleet/picture": `/api/v1/fleet/picture?asOf=${new Date(Date.now() - 60_000).toISOString()}`,
  "/api/v1/vehicles/{id}/readings": "/api/v1/vehicles/T1/readings",
  "/api/v1/vehicles/{id}/series": "/api/v1/vehicles/T1/series?measures=coolantC,fuelPct",
  "/api/v1/inventory/{id}": "/api/v1/inventory/100:104711@1010",
  "/api/v1/inventory/{id}/movements": "/api/v1/inventory/100:104711@1010/movements",
  "/api/v1/orders/{id}": "/api/v1/orders/sap:100:0000012345",
  "/api/v1/trips/{id}": "/api/v1/trips/shipment:sap:800:1",
  "/api/v1/snapshots/{system}/{entity}/{key}": "/api/v1/snapshots/sap/LIKP/k",
  "/api/v1/snapshots/{system}/{entity}/{key}/history": "/api/v1/snapshots/sap/LIKP/k/history",
  "/api/v1/dead-letters/{id}": "/api/v1/dead-letters/sap.LIKP~3~1",
  "/api/v1/dead-letters/{id}/replay": "/api/v1/dead-letters/sap.LIKP~3~1/replay",
  "/api/v1/dead-letters/{id}/discard": "/api/v1/dead-letters/sap.LIKP~3~2/discard",
  "/api/v1/dead-letters/{id}/reopen": "/api/v1/dead-letters/sap.LIKP~3~2/reopen",
  "/api/v1/dead-letters/{id}/check": "/api/v1/dead-letters/sap.LIKP~3~1/check",
  "/api/v1/contracts/{name}": "/api/v1/contracts/sap.LIKP",
  "/api/v1/vehicles/{id}/profile": "/api/v1/vehicles/T1/profile",
  "/api/v1/sites/{id}": "/api/v1/sites/1010",
  "/api/v1/fences/{id}": "/api/v1/fences/f1",
};
const KEPT = {
  person: "01990000-0000-7000-8000-000000000001",
  invitation: "01990000-0000-7000-8000-000000000002",
  apiKey: "01990000-0000-7000-8000-000000000003",
  view: "01990000-0000-7000-8000-000000000004",
  note: "01990000-0000-7000-8000-000000000005",
  running: "01990000-0000-7000-8000-000000000006",
  done: "01990000-0000-7000-8000-000000000007",
};
const BOOTSTRAP = "api-key:bootstrap";
/** Since then nobody has changed the person: the version their changes have to name. */
const PERSON_SINCE = new Date("2026-08-19T14:30:00.000Z");
const TOKEN = "the token of an invitation";
Object.assign(ADDRESSES, {
  "/api/v1/people/{id}/role": `/api/v1/people/${KEPT.person}/role`,
  "/api/v1/people/{id}/block": `/api/v1/people/${KEPT.person}/block`,
  "/api/v1/people/{id}/unblock": `/api/v1/people/${KEPT.person}/unblock`,
  "/api/v1/people/{id}/reset": `/api/v1/people/${KEPT.person}/reset`,
  "/api/v1/people/{id}/sessions": `/api/v1/people/${KEPT.person}/sessions`,
  "/api/v1/people/{id}/sessions/end": `/api/v1/people/${KEPT.person}/sessions/end`,
  "/api/v1/invitations/{id}/revoke": `/api/v1/invitations/${KEPT.invitation}/revoke`,
  "/api/v1/api-keys/{id}/revoke": `/api/v1/api-keys/${KEPT.apiKey}/revoke`,
  "GET /api/v1/views": "/api/v1/views?page=orders",
  "/api/v1/views/{id}": `/api/v1/views/${KEPT.view}`,
  "/api/v1/handover-notes/{id}": `/api/v1/handover-notes/${KEPT.note}`,
  "/api/v1/search": "/api/v1/search?q=T1",
  "/api/v1/exports/{id}": `/api/v1/exports/${KEPT.done}`,
  "/api/v1/exports/{id}/cancel": `/api/v1/exports/${KEPT.running}/cancel`,
  "/api/v1/exports/{id}/file": `/api/v1/exports/${KEPT.done}/file`,
});
/** These lead a browser elsewhere; `auth/oidc` has tests of its own. */
const LEAD_ELSEWHERE = new Set(["/api/auth/oidc/start", "/api/auth/oidc/callback"]);
const CIRCLE = { kind: "circle", latitude: 41, longitude: -88, radiusM: 500 };
const NOBODY = { driverName: null, driverPhone: null, carrierName: null, carrierPhone: null };
/** By address, or by method and address where that has several; text goes as the route wants it. */
const BODIES: Record<string, object | string> = {
  "/api/auth/sign-in/email": TEST_ADMIN,
  "/api/demo-sign-in": { role: "planner" },
  "/api/v1/dead-letters/replay": { reason: "not_json", startedAt: "2026-08-19T14:30:01.250Z" },
  "/api/v1/sources": { version: 0, mappings: [] },
  "/api/v1/vehicles/{id}/profile": { version: 0, ...NOBODY, outOfService: false, outOfServiceReason: null },
  "/api/v1/sites": { id: "9001", kind: "yard", name: "Elwood" },
  "/api/v1/sites/{id}": { version: 0, name: "Joliet north" },
  "/api/v1/sites/import": "site_id,name\n1010,Joliet\n",
  "/api/v1/fences": { name: "Yard", shape: CIRCLE },
  "PUT /api/v1/fences/{id}": { version: 1, name: "Border", shape: CIRCLE },
  "DELETE /api/v1/fences/{id}": { version: 2 },
  "/api/v1/people": { email: "new@example.com", name: "New", role: "planner" },
  "/api/v1/people/{id}/sessions/end": {},
  "/api/v1/api-keys": { name: "Dock", role: "planner", expiresInDays: 30 },
  "/api/v1/views": { page: "orders", name: "Late", query: "risk=late", isShared: false },
  "PUT /api/v1/views/{id}": { page: "orders", name: "Mine", query: "", isShared: true, version: 1 },
  "/api/v1/handover-notes": { body: "Dock 4 is shut.", links: [] },
  "/api/v1/handover-notes/{id}": { body: "Dock 4 is open.", links: [], version: 1 },
  "/api/v1/exports": { kind: "vehicles", filter: {}, timeZone: "UTC", units: "metric" },
  "/api/v1/settings/sign-in": {
    ...{ enabled: false, label: "Example", issuer: "https://login.example.com", clientId: "tower" },
    ...{ domains: [], role: "planner", version: 0 },
  },
  "/api/v1/settings/storage": { version: 0, days: DAYS_DEFAULT },
  "/api/join": { token: TOKEN, password: "a long enough password" },
  "/api/join/show": { token: TOKEN },
};

let tower: TestTower;
beforeAll(async () => {
  tower = await testTower({ env: { WHEELHOUSE_SIMULATOR: "on" } });
  await tower.ensureFirstAdmin();
  await tower.prepareDemoUsers();
  const rejected = {
    timestampMs: 0,
    lane: "changes",
    connector: "sap-qlik",
    stage: "decode",
    reason: "not_json",
  } as const;
  await storeRejected(
    tower.database,
    [1n, 2n].map((offset) => ({
      ...rejected,
      topic: "sap.LIKP",
      partition: 3,
      offset,
      message: "no JSON",
      fields: [],
      key: null,
      value: Buffer.from("{"),
      headers: {},
    })),
  );
  const row = { system: "sap", entity: "LIKP", key: "k", position: "1", ...RECORD };
  const positions = { base: "1", others: {}, whole: "1", written: "1", deleted: "", gap: "" };
  await tower.database.cdcSnapshot.create({ data: { ...row, image: { A: "1" }, positions } });
  await tower.database.cdcChange.create({
    data: { ...row, operation: "create", commitTime: new Date(), fields: { A: "1" } },
  });
  await tower.database.site.create({
    data: { id: "1010", kind: "plant", name: "Joliet", latitude: 41, longitude: -88, ...RECORD },
  });
  await tower.database.businessObject.create({
    data: { kind: "sales_order", id: ORDER_ID, body: anOrder(), related: [] },
  });
  await keepOwnThings();
  await tower.database.fence.create({ data: { id: "f1", name: "Border", shape: CIRCLE, updatedBy: "test" } });
});
afterAll(() => tower.stop());

/** What the verbs on people, keys, views, notes and exports find when they are asked. */
async function keepOwnThings(): Promise<void> {
  const { database, exportWorks } = tower;
  await exportWorks.start();
  await database.user.create({
    data: { id: KEPT.person, email: "pat@example.com", name: "Pat", role: "planner", updatedAt: PERSON_SINCE },
  });
  const invitation = { kind: "invite", name: "Ida", role: "planner", createdBy: BOOTSTRAP, expiresAt: new Date(9e12) };
  await database.invitation.createMany({
    data: [
      { ...invitation, id: KEPT.invitation, email: "ida@example.com", hash: "x" },
      { ...invitation, email: "joins@example.com", hash: hashOfToken(TOKEN) },
    ],
  });
  await database.apiKey.create({
    data: { id: KEPT.apiKey, name: "Yard", role: "planner", prefix: "wh_1", hash: "x", createdBy: BOOTSTRAP },
  });
  await database.savedView.create({
    data: { id: KEPT.view, ownerId: BOOTSTRAP, page: "orders", name: "Mine", query: "" },
  });
  await database.handoverNote.create({ data: { id: KEPT.note, authorId: BOOTSTRAP, author: "Bootstrap", body: "x" } });
  const params = { kind: "vehicles", filter: {}, sort: "id", timeZone: "UTC", units: "metric" };
  const job = { ownerId: BOOTSTRAP, kind: "vehicles", params };
  await database.exportJob.createMany({
    data: [
      { ...job, id: KEPT.running, status: "running" },
      { ...job, id: KEPT.done, status: "done" },
    ],
  });
  await writeFile(join(tower.dataDirectory, "exports", `${KEPT.done}.csv`), "vehicle\n");
}

async function description(): Promise<Record<string, Record<string, Operation>>> {
  return (await call(openapi, "/api/v1/openapi.json")).json.paths;
}

test("every route file is described, under the address it has in the tree", async () => {
  const files = readdirSync(APP, { recursive: true, encoding: "utf8" }).filter((file) => /(^|\/)route\.ts$/.test(file));
  const addresses = files
    .filter((file) => !file.includes("[..."))
    .map(
      (file) =>
        `/${relative(".", file)
          .replace(/\/route\.ts$/, "")
          .replaceAll("[", "{")
          .replaceAll("]", "}")}`,
    );
  expect(Object.keys(await description()).sort()).toEqual(addresses.sort());
  const described = new Set(allRoutes().map(({ route }) => route.path));
  expect(described.size).toBe(addresses.length);
});

test("every answer is what the description says it is, no field more and no field less", async () => {
  const paths = await description();
  for (const handler of allRoutes()) {
    const { path, method } = handler.route;
    if (LEAD_ELSEWHERE.has(path)) continue;
    const answer = await ask(handler);
    expect(answer.status, `${method} ${path} ${answer.text}`).toBe(200);
    const content = paths[path]![method.toLowerCase()]!.responses[200]!.content["application/json"];
    if (content) expect(z.fromJSONSchema(content.schema).safeParse(answer.json).error, path).toBeUndefined();
  }
});

async function ask(handler: RouteHandler): Promise<Answer> {
  const { path, role, method, bodyType = "application/json" } = handler.route;
  const body = method === "GET" ? undefined : (BODIES[`${method} ${path}`] ?? BODIES[path] ?? (await versionFor(path)));
  const headers: Record<string, string> = body === undefined ? {} : { "content-type": bodyType };
  return call(handler, ADDRESSES[`${method} ${path}`] ?? ADDRESSES[path] ?? path, {
    as: role === "open" ? "nobody" : "key",
    body,
    headers,
  });
}

/** The changes of a person name the version that is newest by then. */
async function versionFor(path: string): Promise<object | undefined> {
  const change = /^\/api\/v1\/people\/\{id\}\/(role|block|unblock|reset)$/.exec(path)?.[1];
  if (change === undefined) return undefined;
  const { updatedAt } = await tower.database.user.findUniqueOrThrow({ where: { id: KEPT.person } });
  const more = { role: { role: "manager" }, block: { reason: "left" } }[change];
  return { version: updatedAt.getTime(), ...more };
}

test("a page is told its size, its order and its filters, with their bounds", async () => {
  const { parameters = [] } = (await description())["/api/v1/vehicles"]!.get!;
  const limit = parameters.find((parameter) => parameter.name === "limit");
  expect(limit).toMatchObject({ in: "query", required: false, schema: { type: "integer", minimum: 1, maximum: 1000 } });
  expect(parameters.map((parameter) => parameter.name).sort()).toEqual([
    "asOf",
    "bounds",
    "cursor",
    "limit",
    "motion",
    "q",
    "service",
    "sort",
  ]);
});

test("vehicles are shown in the fleet's order, page by page", async () => {
  const first = (await call(vehicles, "/api/v1/vehicles?limit=1&sort=seen")).json;
  const second = (await call(vehicles, `/api/v1/vehicles?limit=1&sort=seen&cursor=${first.nextCursor}`)).json;
  expect([first.items[0].id, second.items[0].id, second.nextCursor]).toEqual(["T1", "T2", null]);
  expect((await call(vehicles, `/api/v1/vehicles?limit=1&sort=id&cursor=${first.nextCursor}`)).status).toBe(400);
  expect(first.items[0]).toMatchObject({ motion: "moving", service: "none", trip: null, openAlerts: 0 });
  expect((await call(vehicle, "/api/v1/vehicles/T2")).json.position).toBeNull();
});

test("a track by pages of one has every point once", async () => {
  const whole = (await call(track, "/api/v1/vehicles/T1/track")).json;
  const points: unknown[] = [];
  let cursor = "";
  do {
    const { json } = await call(track, `/api/v1/vehicles/T1/track?limit=1${cursor && `&cursor=${cursor}`}`);
    points.push(...json.points);
    cursor = json.nextCursor ?? "";
  } while (cursor);
  expect(whole.points).toHaveLength(3);
  expect(points).toEqual(whole.points);
});

test("metrics are open on the machine itself; elsewhere they need an admin", async () => {
  const away = { "x-wheelhouse-remote-address": "10.0.0.9" };
  const here = await call(metrics, "/metrics", { as: "nobody" });
  expect(here.text).toMatch(
    /wheelhouse_records_total\{lane="telemetry",topic="telematics.readings",outcome="applied"\} 8/,
  );
  expect(here.text).toMatch(/wheelhouse_sockets 3/);
  expect((await call(metrics, "/metrics", { as: "nobody", headers: away })).status).toBe(401);
  expect((await call(metrics, "/metrics", { as: "nobody", headers: { host: "evil.example" } })).status).toBe(401);
  expect((await call(metrics, "/metrics", { headers: away })).status).toBe(200);
});

test("without its database the tower says which dependency is away, and is down only when it stays away", async () => {
  let nowMs = 1_000_000;
  const cookie = cookieOf(await call(signIn, "/api/auth/sign-in/email", { as: "nobody", body: TEST_ADMIN }));
  const away = openDatabase("postgresql://nobody@127.0.0.1:1/none", 1);
  const lost = await testTower({ database: away, now: () => nowMs });
  const answer = await call(sites, "/api/v1/sites");
  expect([answer.status, answer.json.errors[0].path, answer.headers.get("retry-after")]).toEqual([
    503,
    "/database",
    "5",
  ]);
  const withCookie = await call(sites, "/api/v1/sites", { as: { cookie: "a=b" } });
  expect(withCookie.status, "a cookie that is none of ours needs no database").toBe(401);

  for (const lostWay of [
    await call(sites, "/api/v1/sites", { as: { cookie } }),
    await call(signIn, "/api/auth/sign-in/email", { as: "nobody", body: TEST_ADMIN }),
  ])
    expect([lostWay.status, lostWay.json.errors[0]?.path], "signed in or not").toEqual([503, "/database"]);

  const early = await call(health, "/api/health", { as: "nobody" });
  expect([early.status, early.json.status, early.json.database]).toEqual([200, "degraded", { status: "down" }]);
  expect((await call(ready, "/api/ready", { as: "nobody" })).json).toMatchObject({
    status: 503,
    errors: [{ path: "/database" }],
  });
  nowMs += 11_000;
  const late = await call(health, "/api/health", { as: "nobody" });
  expect([late.status, late.json.status]).toEqual([503, "down"]);
  await lost.stop();
  setTower(tower.tower);
});

test("a lane that stands still makes the tower degraded and not ready", async () => {
  const still = await testTower({ lanes: () => [aLane({ state: "stopped", reason: "records are gone" })] });
  const answer = await call(health, "/api/health", { as: "nobody" });
  expect([answer.status, answer.json.status, answer.json.lanes.telemetry.state]).toEqual([200, "degraded", "stopped"]);
  expect(answer.text, "the reason is for operators who have signed in").not.toContain("records are gone");
  expect((await call(ready, "/api/ready", { as: "nobody" })).status).toBe(503);
  await still.stop();
  setTower(tower.tower);
});

test("before the tower is there, a request is told to come again", async () => {
  setTower(undefined);
  const answer = await call(health, "/api/health", { as: "nobody" });
  setTower(tower.tower);
  expect([answer.status, answer.json.code]).toEqual([503, "unavailable"]);
});
