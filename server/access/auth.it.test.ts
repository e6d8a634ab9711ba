import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as getSession } from "@/app/api/auth/get-session/route.ts";
import { POST as signIn } from "@/app/api/auth/sign-in/email/route.ts";
import { POST as signOut } from "@/app/api/auth/sign-out/route.ts";
import { POST as demoSignIn } from "@/app/api/demo-sign-in/route.ts";
import { GET as options } from "@/app/api/sign-in-options/route.ts";
import { GET as deadLetters } from "@/app/api/v1/dead-letters/route.ts";
import { GET as sites } from "@/app/api/v1/sites/route.ts";
import { setTower } from "../services/tower.ts";
import { openDatabase } from "../store/client.ts";
import { call, cookieOf } from "../testing/call.ts";
import { TEST_ADMIN, TEST_KEY, type TestTower, testTower } from "../testing/tower.ts";

const HOUR_MS = 3_600_000;
const DEMO = { WHEELHOUSE_SIMULATOR: "on" } as const;

const signInAs = (body: object, headers = {}) =>
  call(signIn, "/api/auth/sign-in/email", { as: "nobody", body, headers });
const demoAs = (role: string, headers = {}) =>
  call(demoSignIn, "/api/demo-sign-in", { as: "nobody", body: { role }, headers });
const sitesAs = (cookie: string) => call(sites, "/api/v1/sites", { as: { cookie } });

async function auditOf(tower: TestTower): Promise<string[]> {
  const entries = await tower.database.auditEntry.findMany({ orderBy: { id: "asc" } });
  return entries.map((entry) => `${entry.action} ${entry.subject.replace(/[0-9a-f-]{36}/, "<id>")}`);
}

describe("a tower of one's own", () => {
  let tower: TestTower;
  beforeAll(async () => {
    tower = await testTower();
  });
  afterAll(() => tower.stop());

  test("the first admin is made once, of the environment, also when two processes start together", async () => {
    const said = await Promise.all([tower.ensureFirstAdmin(), tower.ensureFirstAdmin()]);
    expect(said.flat()).toEqual([`The first admin is ${TEST_ADMIN.email}.`]);
    expect(await tower.ensureFirstAdmin()).toEqual([]);
    expect(await tower.database.user.count()).toBe(1);
    expect(await auditOf(tower)).toEqual(["user.create user:<id>"]);
  });

  test("signing in opens a session of 12 hours in a cookie no script can read, and tells no token", async () => {
    const answer = await signInAs(TEST_ADMIN);
    expect(answer.status).toBe(200);
    expect(answer.json.user).toMatchObject({ email: TEST_ADMIN.email, role: "admin" });
    const [session] = await tower.database.session.findMany();
    expect(answer.text).not.toContain(session!.token);
    expect(session!.expiresAt.getTime() - session!.createdAt.getTime()).toBeCloseTo(12 * HOUR_MS, -4);
    const cookie = answer.headers.getSetCookie().find((each) => each.includes("session_token"))!;
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Max-Age|Secure/i);
    expect((await sitesAs(cookieOf(answer))).status).toBe(200);
  });

  test("who wants to be kept signed in keeps the cookie for those 12 hours, also when the browser is closed", async () => {
    const answer = await signInAs({ ...TEST_ADMIN, rememberMe: true });
    const [session] = await tower.database.session.findMany({ orderBy: { createdAt: "desc" }, take: 1 });
    expect(session!.expiresAt.getTime() - session!.createdAt.getTime()).toBeCloseTo(12 * HOUR_MS, -4);
    expect(answer.headers.getSetCookie().join()).toMatch(/Max-Age=43200/i);
  });

  test("sessions that are over do not pile up", async () => {
    await tower.database.session.updateMany({ data: { expiresAt: new Date(0) } });
    await signInAs(TEST_ADMIN);
    expect(await tower.database.session.count()).toBe(1);
  });

  test("a wrong password and an unknown address get the same answer, and both are in the audit trail", async () => {
    const wrong = await signInAs({ ...TEST_ADMIN, password: "wrong wrong wrong" });
    const unknown = await signInAs({ email: "nobody@example.com", password: "wrong wrong wrong" });
    expect(wrong.status).toBe(401);
    expect(wrong.json).toEqual(unknown.json);
    expect(wrong.headers.getSetCookie()).toEqual([]);
    const audit = await auditOf(tower);
    expect(audit).toContain(`session.sign_in_failed email:${TEST_ADMIN.email}`);
    expect(audit).toContain("session.sign_in_failed email:nobody@example.com");
    const entries = JSON.stringify(await tower.database.auditEntry.findMany({ select: { before: true, after: true } }));
    expect(entries).not.toMatch(/wrong wrong|battery/);
  });

  test("signing out ends the session on the server, not only in the browser", async () => {
    const cookie = cookieOf(await signInAs(TEST_ADMIN));
    const answer = await call(signOut, "/api/auth/sign-out", { as: { cookie }, body: {} });
    expect(answer.status).toBe(200);
    expect((await sitesAs(cookie)).status).toBe(401);
    expect((await call(getSession, "/api/auth/get-session", { as: { cookie } })).json).toEqual({ user: null });
    expect((await auditOf(tower)).at(-1)).toBe("session.sign_out user:<id>");
  });

  test("nobody can sign up, and a session cannot be made up", async () => {
    const garbage = ["wheelhouse.session_token=x", "a=%E0%A4%A", "=;;=", `x=${"y".repeat(9_000)}`, "\u00ff=\u00ff"];
    const [, name] = cookieOf(await signInAs(TEST_ADMIN)).match(/([\w-]+\.session_token)=/)!;
    for (const cookie of [...garbage, `${name}=forged.forged`, `${name}=%00`, `${name}=`, `${name}=%`])
      expect((await sitesAs(cookie)).status, cookie.slice(0, 40)).toBe(401);
    expect(await tower.database.user.count()).toBe(1);
  });

  test("a planner, a manager and an admin may do what their role says and no more", async () => {
    const cookie = cookieOf(await signInAs(TEST_ADMIN));
    for (const [role, status] of [
      ["planner", 403],
      ["manager", 403],
      ["admin", 200],
      ["emperor", 403],
    ] as const) {
      await tower.database.user.updateMany({ data: { role } });
      expect((await call(deadLetters, "/api/v1/dead-letters", { as: { cookie } })).status, role).toBe(status);
    }
    expect((await sitesAs(cookie)).status, "a role nobody has heard of may do nothing").toBe(403);
    await tower.database.user.updateMany({ data: { role: "admin" } });
  });

  test("a banned user is out at once, with the session that is open", async () => {
    const cookie = cookieOf(await signInAs(TEST_ADMIN));
    await tower.database.user.updateMany({ data: { banned: true } });
    expect((await sitesAs(cookie)).status).toBe(401);
    expect((await signInAs(TEST_ADMIN)).status).toBe(401);
    await tower.database.user.updateMany({ data: { banned: false } });
    expect((await sitesAs(cookie)).status).toBe(200);
  });

  test("a change by cookie needs a page of this tower; a page elsewhere cannot even sign in", async () => {
    const cookie = cookieOf(await signInAs(TEST_ADMIN));
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1:1"]) {
      expect((await signInAs(TEST_ADMIN, { origin })).status, origin).toBe(403);
      const out = await call(signOut, "/api/auth/sign-out", { as: { cookie }, body: {}, headers: { origin } });
      expect(out.status, origin).toBe(403);
    }
    expect((await signInAs(TEST_ADMIN, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await sitesAs(cookie)).status).toBe(200);
  });

  test("the demo does not exist: no option, no way in, no user", async () => {
    expect((await call(options, "/api/sign-in-options", { as: "nobody" })).json).toEqual({ demo: [], provider: null });
    for (const role of ["planner", "manager", "admin"]) expect((await demoAs(role)).status).toBe(404);
    expect(await tower.database.user.count()).toBe(1);
  });

  test("guessing one account's password stops at ten, with the time to wait; the right one costs nothing", async () => {
    for (let time = 0; time < 32; time++) await signInAs(TEST_ADMIN, { "x-wheelhouse-remote-address": "10.0.0.1" });
    const guess = (n: number) =>
      signInAs(
        { email: "victim@example.com", password: `guess ${n}` },
        { "x-wheelhouse-remote-address": `10.0.1.${n}` },
      );
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => guess(n)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([...Array(10).fill(401), 429, 429]);
    const refused = answers.find((answer) => answer.status === 429)!;
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.json.code).toBe("too_many_requests");
  });

  test("the key of the environment is an admin, every other key is nobody", async () => {
    const withKey = (authorization: string) =>
      call(sites, "/api/v1/sites", { as: "nobody", headers: { authorization } });
    expect((await withKey(`Bearer ${TEST_KEY}`)).status).toBe(200);
    for (const wrong of [`Bearer ${TEST_KEY}x`, "Bearer ", "Bearer", `Basic ${TEST_KEY}`, TEST_KEY, "Bearer \u00e9"])
      expect((await withKey(wrong)).status, wrong).toBe(401);
  });
});

describe("a demonstration on this machine", () => {
  let tower: TestTower;
  beforeAll(async () => {
    tower = await testTower({ env: { ...DEMO, WHEELHOUSE_ADMIN_EMAIL: "", WHEELHOUSE_ADMIN_PASSWORD: "" } });
    await tower.prepareDemoUsers();
  });
  afterAll(() => tower.stop());

  test("a demo admin does not stand in for a real one; the generated password is said once and works", async () => {
    const lines = await tower.ensureFirstAdmin();
    expect(await tower.ensureFirstAdmin()).toEqual([]);
    const email = lines[0]!.split(" ").at(-1)!;
    const password = lines[1]!.split(" ").at(-1)!;
    expect((await signInAs({ email, password })).json.user.role).toBe("admin");
  });

  test("each role can be tried, and has exactly its rights", async () => {
    expect((await call(options, "/api/sign-in-options", { as: "nobody" })).json.demo).toEqual([
      "planner",
      "manager",
      "admin",
    ]);
    for (const [role, status] of [
      ["planner", 403],
      ["manager", 403],
      ["admin", 200],
    ] as const) {
      const cookie = cookieOf(await demoAs(role));
      expect((await call(getSession, "/api/auth/get-session", { as: { cookie } })).json.user.role).toBe(role);
      expect((await call(deadLetters, "/api/v1/dead-letters", { as: { cookie } })).status, role).toBe(status);
    }
    expect((await auditOf(tower)).filter((line) => line.startsWith("session.demo_sign_in"))).toHaveLength(3);
  });

  test("a demo user has no password that anybody could know", async () => {
    const demo = await tower.database.user.findFirstOrThrow({ where: { email: { contains: "demo" } } });
    expect(await tower.database.account.count({ where: { userId: demo.id } })).toBe(0);
    for (const password of ["", "demo", "password", "planner"])
      expect((await signInAs({ email: demo.email, password })).status).not.toBe(200);
  });

  test("it is not there for another machine, nor under a borrowed name", async () => {
    const elsewhere: Record<string, string>[] = [
      { "x-wheelhouse-remote-address": "10.0.0.7" },
      { host: "tower.example:3999" },
      { host: "127.0.0.1.evil.example" },
      { host: "" },
    ];
    for (const headers of elsewhere) {
      expect((await demoAs("admin", headers)).status, JSON.stringify(headers)).toBe(404);
      const shown = await call(options, "/api/sign-in-options", { as: "nobody", headers });
      expect(shown.json, JSON.stringify(headers)).toEqual({ demo: [], provider: null });
    }
  });

  test("once it is over its sessions are dead, its users shut out, and its ways in gone", async () => {
    const cookie = cookieOf(await demoAs("admin"));
    expect((await sitesAs(cookie)).status).toBe(200);
    for (const env of [
      { WHEELHOUSE_SIMULATOR: "off" },
      { ...DEMO, HOST: "0.0.0.0" },
      { ...DEMO, WHEELHOUSE_PUBLIC_URL: "https://tower.example" },
    ] as const) {
      const later = await testTower({ database: openDatabase(tower.url, 2), env });
      expect((await sitesAs(cookie)).status, "refused even before the users are shut out").toBe(401);
      await later.prepareDemoUsers();
      expect((await demoAs("admin")).status).toBe(404);
      await later.stop();
    }
    setTower(tower.tower);
    expect((await sitesAs(cookie)).status, "the session is gone, not only hidden").toBe(401);
    expect(await tower.database.session.count({ where: { user: { email: { contains: "demo" } } } })).toBe(0);
    expect(await tower.database.user.count({ where: { email: { contains: "demo" }, banned: true } })).toBe(3);
    expect(await auditOf(tower)).toContain("demo.close demo-users");

    await tower.prepareDemoUsers();
    expect((await demoAs("planner")).status, "and with the next demonstration it is back").toBe(200);
  });
});

test("behind a public https address the session travels by https only, and only that address may change things", async () => {
  const tower = await testTower({ env: { WHEELHOUSE_PUBLIC_URL: "https://tower.example" } });
  await tower.ensureFirstAdmin();
  const here = { host: "tower.example", origin: "https://tower.example" };
  const answer = await signInAs(TEST_ADMIN, here);
  const cookie = answer.headers.getSetCookie().find((each) => each.includes("session_token"))!;
  expect(cookie).toMatch(/^__Secure-wheelhouse-[0-9a-f]{8}\.session_token=.*; Secure/);
  expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000");
  const out = (headers: Record<string, string>) =>
    call(signOut, "/api/auth/sign-out", { as: { cookie: cookieOf(answer) }, body: {}, headers });
  expect((await out({ ...here, origin: "http://tower.example" })).status).toBe(403);
  expect((await out({ host: "other.example", origin: "https://other.example" })).status).toBe(403);
  expect((await out(here)).status).toBe(200);
  await tower.stop();
});
