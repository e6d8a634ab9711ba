import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Problem } from "@/server/contracts/problem.ts";
import { storeRejected } from "@/server/store/dead-letters.ts";
import { type CallOptions, call } from "@/server/testing/call.ts";
import { TEST_ADMIN, type TestTower, testTower } from "@/server/testing/tower.ts";
import type { RouteHandler } from "./_http/define-route.ts";
import { POST as signIn } from "./auth/sign-in/email/route.ts";
import { POST as demoSignIn } from "./demo-sign-in/route.ts";
import { allRoutes } from "./routes.ts";
import { POST as discard } from "./v1/dead-letters/[id]/discard/route.ts";
import { POST as replay } from "./v1/dead-letters/[id]/replay/route.ts";
import { GET as deadLetter } from "./v1/dead-letters/[id]/route.ts";
import { GET as deadLetters } from "./v1/dead-letters/route.ts";
import { GET as sites } from "./v1/sites/route.ts";
import { GET as history } from "./v1/snapshots/[system]/[entity]/[key]/history/route.ts";
import { GET as snapshot } from "./v1/snapshots/[system]/[entity]/[key]/route.ts";
import { GET as sources } from "./v1/sources/route.ts";
import { GET as vehicle } from "./v1/vehicles/[id]/route.ts";
import { GET as series } from "./v1/vehicles/[id]/series/route.ts";
import { GET as track } from "./v1/vehicles/[id]/track/route.ts";
import { GET as vehicles } from "./v1/vehicles/route.ts";

const ID = "sap.LIKP~3~118";
const LETTER = `/api/v1/dead-letters/${ID}`;
const SNAPSHOT = "/api/v1/snapshots/sap/LIKP/k";
const SIGN_IN = "/api/auth/sign-in/email";

let tower: TestTower;
let before: string;
beforeAll(async () => {
  tower = await testTower();
  await tower.ensureFirstAdmin();
  await storeRejected(tower.database, [
    {
      topic: "sap.LIKP",
      partition: 3,
      offset: 118n,
      timestampMs: 0,
      lane: "changes",
      connector: "sap-qlik",
      stage: "decode",
      reason: "not_json",
      message: "no JSON",
      fields: [],
      key: null,
      value: Buffer.from("{"),
      headers: {},
    },
  ]);
  before = await everything();
});
afterAll(() => tower.stop());

/** Every row of every table that a request could have changed. */
async function everything(): Promise<string> {
  const { database } = tower;
  const tables = await Promise.all([
    database.deadLetter.findMany(),
    database.outbox.findMany(),
    database.auditEntry.findMany(),
    database.user.findMany(),
    database.account.findMany(),
    database.session.findMany(),
    database.cdcSnapshot.findMany(),
    database.site.findMany(),
  ]);
  return JSON.stringify(tables, (_, value) => (typeof value === "bigint" ? `${value}` : value));
}

type Case = [handler: RouteHandler, path: string, status: number, field: string, options?: CallOptions];

const badQueries: Case[] = [
  ...["0", "1001", "-1", "1e3", "0x10", "", " 5", "9".repeat(400), "NaN", "1;drop table site", "5.5", "٣"].map(
    (limit): Case => [vehicles, `/api/v1/vehicles?limit=${encodeURIComponent(limit)}`, 400, "/limit"],
  ),
  ...[
    "x",
    "%00",
    "W10",
    "[]",
    "null",
    "%F0%9F%9A%9A",
    "A".repeat(3_000),
    Buffer.from('["sites",""]').toString("base64url"),
  ].flatMap((cursor): Case[] => [
    [vehicles, `/api/v1/vehicles?cursor=${cursor}`, 400, "/cursor"],
    [sites, `/api/v1/sites?cursor=${cursor}`, 400, "/cursor"],
    [deadLetters, `/api/v1/dead-letters?cursor=${cursor}`, 400, "/cursor"],
    [history, `${SNAPSHOT}/history?cursor=${cursor}`, 400, "/cursor"],
    [track, `/api/v1/vehicles/T1/track?cursor=${cursor}`, 400, "/cursor"],
  ]),
  ...[
    "",
    "1,2,3",
    "1,2,3,4,5",
    "a,b,c,d",
    "-181,0,0,1",
    "0,-91,1,0",
    "0,0,0,91",
    "0,2,1,1",
    "1e1,0,1,1",
    "NaN,0,1,1",
    ",,,",
  ].map((bounds): Case => [vehicles, `/api/v1/vehicles?bounds=${bounds}`, 400, "/bounds"]),
  [vehicles, "/api/v1/vehicles?motion=flying", 400, "/motion/0"],
  [vehicles, "/api/v1/vehicles?motion=moving,moving,moving,moving,moving", 400, "/motion"],
  [vehicles, "/api/v1/vehicles?service=late,", 400, "/service/1"],
  [vehicles, "/api/v1/vehicles?sort=name", 400, "/sort"],
  [vehicles, "/api/v1/vehicles?q=%00", 400, "/q"],
  [vehicles, `/api/v1/vehicles?q=${"a".repeat(101)}`, 400, "/q"],
  [vehicles, "/api/v1/vehicles?colour=red", 400, "/colour"],
  [vehicles, "/api/v1/vehicles?__proto__=1", 400, "/__proto__"],
  [vehicles, "/api/v1/vehicles?constructor=1", 400, "/constructor"],
  [vehicles, "/api/v1/vehicles?limit=1&limit=2", 400, "/limit"],
  [vehicles, "/api/v1/vehicles?asOf=yesterday", 400, "/asOf"],
  [vehicles, "/api/v1/vehicles?asOf=2020-01-01T00:00:00.000Z", 422, "/asOf"],
  [vehicle, "/api/v1/vehicles/T1?asOf=2020-01-01T00:00:00.000Z", 422, "/asOf"],
  [sites, "/api/v1/sites?asOf=2020-01-01T00:00:00.000Z", 422, "/asOf"],
  [snapshot, `${SNAPSHOT}?asOf=2020-01-01T00:00:00.000Z`, 422, "/asOf"],
  [sources, "/api/v1/sources?x=1", 400, "/x"],
  [deadLetters, "/api/v1/dead-letters?status=closed", 400, "/status"],
  [deadLetters, "/api/v1/dead-letters?reason=%00", 400, "/reason"],
  [deadLetters, `/api/v1/dead-letters?topic=${"t".repeat(250)}`, 400, "/topic"],
  [deadLetter, `${LETTER}?x=1`, 400, "/x"],
  [track, "/api/v1/vehicles/T1/track?from=1", 400, "/from"],
  [track, "/api/v1/vehicles/T1/track?from=2026-08-19T14:30:01", 400, "/from"],
  [track, "/api/v1/vehicles/T1/track?from=2026-02-30T00:00:00Z", 400, "/from"],
  [track, "/api/v1/vehicles/T1/track?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", 400, "/from"],
  [track, "/api/v1/vehicles/T1/track?from=2026-01-01T00:00:00Z&to=2026-01-09T00:00:00Z", 400, "/from"],
  [track, "/api/v1/vehicles/T1/track?to=+275760-09-13T00:00:00Z", 400, "/to"],
  [series, "/api/v1/vehicles/T1/series", 400, "/measures"],
  [series, "/api/v1/vehicles/T1/series?measures=", 400, "/measures/0"],
  [series, "/api/v1/vehicles/T1/series?measures=coolantC,__proto__", 400, "/measures/1"],
  [series, `/api/v1/vehicles/T1/series?measures=${Array(13).fill("a").join(",")}`, 400, "/measures"],
  [series, "/api/v1/vehicles/T1/series?measures=a&points=1", 400, "/points"],
];

const badAddresses: Case[] = [
  ...["%00", "a%0Ab", "%7F", "a".repeat(201)].map((id): Case => [vehicle, `/api/v1/vehicles/${id}`, 400, "/id"]),
  ...["%", "%E0%A4%A", "%ff"].map((id): Case => [vehicle, `/api/v1/vehicles/${id}`, 400, "/id"]),
  ...["T9", "__proto__", "constructor", "'%20or%20''%3D'", "%F0%9F%9A%9A", "..%2F..%2Fetc%2Fpasswd", "T1%20"].map(
    (id): Case => [vehicle, `/api/v1/vehicles/${id}`, 404, ""],
  ),
  [track, "/api/v1/vehicles/T9/track", 404, ""],
  [series, "/api/v1/vehicles/T9/series?measures=a", 404, ""],
  [snapshot, "/api/v1/snapshots/sap/LIKP/%00", 400, "/key"],
  [snapshot, `/api/v1/snapshots/${"s".repeat(101)}/LIKP/k`, 400, "/system"],
  [history, "/api/v1/snapshots/sap/%1f/k/history", 400, "/entity"],
  [deadLetter, "/api/v1/dead-letters/%00", 400, "/id"],
  [replay, `/api/v1/dead-letters/${"9".repeat(301)}/replay`, 400, "/id"],
];

const badBodies: Case[] = [
  ...["{", "", "nul", '{"a":1}x', "\u0000"]
    .filter(Boolean)
    .map((body): Case => [replay, `${LETTER}/replay`, 400, "", { body }]),
  ...["[]", '"text"', "1", "null", "true"].map((body): Case => [replay, `${LETTER}/replay`, 400, "", { body }]),
  [replay, `${LETTER}/replay`, 400, "/value", { body: { value: 1e308 } }],
  [replay, `${LETTER}/replay`, 400, "/value", { body: { value: "not base64!" } }],
  [replay, `${LETTER}/replay`, 400, "/value", { body: { value: "" } }],
  [replay, `${LETTER}/replay`, 400, "/value", { body: { value: null } }],
  [replay, `${LETTER}/replay`, 400, "/value", { body: { value: ["e30="] } }],
  [replay, `${LETTER}/replay`, 400, "/value", { body: { value: Buffer.alloc(1_000_001).toString("base64") } }],
  [replay, `${LETTER}/replay`, 400, "/comment", { body: { comment: "a\u0000b" } }],
  [replay, `${LETTER}/replay`, 400, "/comment", { body: { comment: "c".repeat(2_001) } }],
  [replay, `${LETTER}/replay`, 400, "/partition", { body: '{"partition":99999999999999999999}' }],
  [replay, `${LETTER}/replay`, 400, "/__proto__", { body: '{"__proto__":{"isAdmin":true}}' }],
  [replay, `${LETTER}/replay`, 400, "/comment/constructor", { body: '{"comment":{"constructor":{"prototype":{}}}}' }],
  [replay, `${LETTER}/replay`, 400, "/0".repeat(32), { body: "[".repeat(60_000) + "]".repeat(60_000) }],
  [replay, `${LETTER}/replay?force=1`, 400, "/force", {}],
  [replay, `${LETTER}/replay`, 413, "", { body: { comment: "c".repeat(2_100_000) } }],
  [replay, `${LETTER}/replay`, 413, "", { body: "{}", headers: { "content-length": "99999999999" } }],
  [replay, `${LETTER}/replay`, 415, "", { body: "{}", headers: { "content-type": "text/plain" } }],
  [
    replay,
    `${LETTER}/replay`,
    415,
    "",
    { body: "value=e30", headers: { "content-type": "application/x-www-form-urlencoded" } },
  ],
  [discard, `${LETTER}/discard`, 400, "/reason", { body: { reason: "unknown field" } }],
  [discard, `${LETTER}/discard`, 400, "/comment", { body: { comment: {} } }],
  [discard, `${LETTER}/discard`, 413, "", { body: { comment: "c".repeat(70_000) } }],
  [signIn, SIGN_IN, 400, "/email", { as: "nobody", body: { email: "no", password: "x" } }],
  [signIn, SIGN_IN, 400, "/email", { as: "nobody", body: { email: { $ne: null }, password: "x" } }],
  [signIn, SIGN_IN, 400, "/password", { as: "nobody", body: { email: TEST_ADMIN.email, password: "p".repeat(129) } }],
  [signIn, SIGN_IN, 400, "/password", { as: "nobody", body: { email: TEST_ADMIN.email } }],
  [signIn, SIGN_IN, 400, "/rememberMe", { as: "nobody", body: { ...TEST_ADMIN, rememberMe: "yes" } }],
  [
    signIn,
    SIGN_IN,
    400,
    "/callbackURL",
    { as: "nobody", body: { ...TEST_ADMIN, callbackURL: "https://evil.example" } },
  ],
  [signIn, SIGN_IN, 400, "/role", { as: "nobody", body: { ...TEST_ADMIN, role: "admin" } }],
  [demoSignIn, "/api/demo-sign-in", 400, "/role", { as: "nobody", body: { role: "root" } }],
];

describe.each([
  ["query", badQueries],
  ["address", badAddresses],
  ["body", badBodies],
])("a bad %s", (_, cases) => {
  test("is refused with a problem that names the field, and changes nothing", async () => {
    for (const [handler, path, status, field, options] of cases) {
      const label = `${handler.route.method} ${path.slice(0, 120)} ${JSON.stringify(options?.body)?.slice(0, 60) ?? ""}`;
      const answer = await call(handler, path, options);
      expect(answer.status, label).toBe(status);
      expect(answer.headers.get("content-type"), label).toBe("application/problem+json");
      const problem = Problem.strict().parse(answer.json);
      expect(problem.status, label).toBe(status);
      if (status !== 404)
        expect(
          problem.errors.map((error) => error.path),
          label,
        ).toContain(field);
      expect(answer.text, label).not.toMatch(/prisma|postgres|node_modules|\bat \w+ \(/i);
    }
    expect(await everything()).toBe(before);
  });
});

describe("every route", () => {
  const pathOf = ({ route }: RouteHandler) =>
    route.path.replace("{id}", route.path.includes("dead-letters") ? ID : "T1").replace(/\{\w+\}/g, "x");

  test("refuses a field it does not know", async () => {
    // A provider may say more than it was asked for when it sends a browser back.
    const strict = allRoutes().filter(({ route }) => route.method === "GET" && !route.path.endsWith("/oidc/callback"));
    for (const handler of strict) {
      const answer = await call(handler, `${pathOf(handler)}?surprise=1`);
      expect([answer.status, answer.json?.code], handler.route.path).toEqual([400, "invalid_input"]);
      const wrong = answer.json.errors.map((error: { path: string }) => error.path);
      // Where the id in the address is checked first, the query is not looked at.
      expect(wrong.includes("/surprise") || wrong.every((path: string) => path === "/id"), handler.route.path).toBe(
        true,
      );
    }
  });

  test("is shut to who has not signed in, unless it says that it is open", async () => {
    const open = allRoutes()
      .filter((each) => each.route.role === "open")
      .map((each) => each.route.path);
    expect(open.sort()).toEqual([
      "/api/auth/get-session",
      "/api/auth/oidc/callback",
      "/api/auth/oidc/start",
      "/api/auth/sign-in/email",
      "/api/auth/sign-out",
      "/api/demo-sign-in",
      "/api/health",
      "/api/join",
      "/api/join/show",
      "/api/ready",
      "/api/sign-in-options",
      "/metrics",
    ]);
    for (const handler of allRoutes().filter((each) => each.route.role !== "open")) {
      const answer = await call(handler, pathOf(handler), { as: "nobody" });
      expect([answer.status, answer.json.code], handler.route.path).toEqual([401, "unauthenticated"]);
    }
    expect(await everything()).toBe(before);
  });

  test("sends the headers that keep a browser from taking its answer for anything else", async () => {
    for (const handler of allRoutes()) {
      const { headers } = await call(handler, pathOf(handler), { as: "nobody" });
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get("strict-transport-security")).toBeNull();
    }
  });
});
