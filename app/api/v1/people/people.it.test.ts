import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as signIn } from "@/app/api/auth/sign-in/email/route.ts";
import { POST as join } from "@/app/api/join/route.ts";
import { POST as show } from "@/app/api/join/show/route.ts";
import { call, cookieOf } from "@/server/testing/call.ts";
import { TEST_ADMIN, type TestTower, testTower } from "@/server/testing/tower.ts";
import { POST as revokeKey } from "../api-keys/[id]/revoke/route.ts";
import { GET as apiKeys, POST as makeKey } from "../api-keys/route.ts";
import { GET as auditFile } from "../audit/export.csv/route.ts";
import { GET as audit } from "../audit/route.ts";
import { POST as revoke } from "../invitations/[id]/revoke/route.ts";
import { GET as sites } from "../sites/route.ts";
import { POST as block } from "./[id]/block/route.ts";
import { POST as reset } from "./[id]/reset/route.ts";
import { POST as setRole } from "./[id]/role/route.ts";
import { POST as endSessions } from "./[id]/sessions/end/route.ts";
import { GET as sessions } from "./[id]/sessions/route.ts";
import { POST as unblock } from "./[id]/unblock/route.ts";
import { POST as invite, GET as people } from "./route.ts";

const PASSWORD = "a long enough password";
let tower: TestTower;
beforeAll(async () => {
  tower = await testTower();
  await tower.ensureFirstAdmin();
  await tower.apiKeys.start();
});
afterAll(async () => {
  await tower.apiKeys.stop();
  await tower.stop();
});

const tokenOf = (url: string) => new URL(url).hash.slice(1);
const inviteAs = (email: string, role = "planner") =>
  call(invite, "/api/v1/people", { body: { email, name: "Pat Planner", role } });
const joinWith = (token: string, password = PASSWORD) =>
  call(join, "/api/join", { as: "nobody", body: { token, password } });
const signInAs = (email: string, password = PASSWORD) =>
  call(signIn, "/api/auth/sign-in/email", { as: "nobody", body: { email, password } });
const personNamed = async (email: string) => {
  const { json } = await call(people, `/api/v1/people?q=${encodeURIComponent(email)}`);
  return json.items[0] as { id: string; version: number; status: string; role: string; sessions: number };
};
const actionsOf = async () => {
  const { json } = await call(audit, "/api/v1/audit");
  return (json.items as { action: string }[]).map(({ action }) => action);
};

/** Somebody who has joined and signed in. */
async function aPlanner(email: string) {
  const invited = await inviteAs(email);
  await joinWith(tokenOf(invited.json.url));
  const cookie = cookieOf(await signInAs(email));
  return { ...(await personNamed(email)), cookie };
}

test("an invited person sets a password by a link that works once, and has the role they were given", async () => {
  const invited = await inviteAs("Pat@example.com");
  expect(invited.json.person).toMatchObject({ status: "invited", email: "pat@example.com" });
  const token = tokenOf(invited.json.url);
  expect((await call(show, "/api/join/show", { as: "nobody", body: { token } })).json).toMatchObject({
    kind: "invite",
  });
  expect((await joinWith(token, "short")).json.errors).toEqual([
    { path: "/password", message: "expected at least 12 characters" },
  ]);
  expect((await joinWith(token)).status).toBe(200);
  expect((await joinWith(token)).status).toBe(404);
  const signedIn = await signInAs("pat@example.com");
  expect(signedIn.json.user).toMatchObject({ role: "planner" });
  expect(await actionsOf()).toEqual(expect.arrayContaining(["person.invite", "person.join"]));
});

test("no link and no key is kept in a form that opens anything, nor told in the audit trail", async () => {
  const token = tokenOf((await inviteAs("secret@example.com")).json.url);
  const { key } = (
    await call(makeKey, "/api/v1/api-keys", { body: { name: "Dock", role: "planner", expiresInDays: null } })
  ).json;
  const kept = JSON.stringify(
    [
      await tower.database.invitation.findMany(),
      await tower.database.apiKey.findMany(),
      await tower.database.auditEntry.findMany(),
    ],
    (_, value) => (typeof value === "bigint" ? String(value) : value),
  );
  expect(kept).not.toContain(token);
  expect(kept).not.toContain(key.split("_")[2]);
});

test("a second invitation ends the first, and one that was taken back opens nothing", async () => {
  const first = await inviteAs("twice@example.com");
  const second = await inviteAs("twice@example.com");
  expect((await joinWith(tokenOf(first.json.url))).status).toBe(404);
  expect((await call(revoke, `/api/v1/invitations/${second.json.person.id}/revoke`)).status).toBe(200);
  expect((await joinWith(tokenOf(second.json.url))).status).toBe(404);
  expect((await inviteAs(TEST_ADMIN.email)).status).toBe(409);
});

test("whoever is blocked is out at once, and in again when let in", async () => {
  const { id, version, cookie } = await aPlanner("block@example.com");
  expect((await call(sites, "/api/v1/sites", { as: { cookie } })).status).toBe(200);
  const blocked = await call(block, `/api/v1/people/${id}/block`, { body: { version, reason: "left the company" } });
  expect(blocked.json).toMatchObject({ status: "blocked", reason: "left the company", sessions: 0 });
  expect((await call(sites, "/api/v1/sites", { as: { cookie } })).status).toBe(401);
  expect((await signInAs("block@example.com")).status).toBe(401);
  await call(unblock, `/api/v1/people/${id}/unblock`, { body: { version: blocked.json.version } });
  expect((await signInAs("block@example.com")).status).toBe(200);
});

test("a role changes for who has seen the newest version only, and the last admin stays", async () => {
  const { id, version } = await aPlanner("role@example.com");
  const address = `/api/v1/people/${id}/role`;
  expect((await call(setRole, address, { body: { version: version - 1, role: "manager" } })).status).toBe(409);
  const manager = await call(setRole, address, { body: { version, role: "manager" } });
  expect(manager.json).toMatchObject({ role: "manager", sessions: 0 });
  const admin = await personNamed(TEST_ADMIN.email);
  const refused = await call(setRole, `/api/v1/people/${admin.id}/role`, {
    body: { version: admin.version, role: "planner" },
  });
  expect([refused.status, refused.json.title]).toEqual([409, "there has to be another admin first"]);
});

test("a reset ends the sessions and lets the person set a new password", async () => {
  const { id, version, cookie } = await aPlanner("reset@example.com");
  const { json } = await call(reset, `/api/v1/people/${id}/reset`, { body: { version } });
  expect((await call(sites, "/api/v1/sites", { as: { cookie } })).status).toBe(401);
  expect((await joinWith(tokenOf(json.url), "another long password")).status).toBe(200);
  expect((await signInAs("reset@example.com")).status).toBe(401);
  expect((await signInAs("reset@example.com", "another long password")).status).toBe(200);
});

test("sessions are seen and ended one by one", async () => {
  const { id } = await aPlanner("sessions@example.com");
  await signInAs("sessions@example.com");
  const listed = (await call(sessions, `/api/v1/people/${id}/sessions`)).json.items as { id: string }[];
  expect(listed).toHaveLength(2);
  const ended = await call(endSessions, `/api/v1/people/${id}/sessions/end`, { body: { sessionId: listed[0]!.id } });
  expect(ended.json).toEqual({ ended: 1 });
  expect((await call(sessions, `/api/v1/people/${id}/sessions`)).json.items).toHaveLength(1);
});

test("a key opens what its role may, until it is revoked", async () => {
  const made = await call(makeKey, "/api/v1/api-keys", { body: { name: "Yard", role: "planner", expiresInDays: 30 } });
  const headers = { authorization: `Bearer ${made.json.key}` };
  expect((await call(sites, "/api/v1/sites", { as: "nobody", headers })).status).toBe(200);
  expect((await call(people, "/api/v1/people", { as: "nobody", headers })).status).toBe(403);
  expect((await call(revokeKey, `/api/v1/api-keys/${made.json.apiKey.id}/revoke`)).status).toBe(200);
  expect((await call(sites, "/api/v1/sites", { as: "nobody", headers })).status).toBe(401);
  const listed = (await call(apiKeys, "/api/v1/api-keys")).json.items as { name: string; revokedAt: string | null }[];
  expect(listed.find(({ name }) => name === "Yard")!.revokedAt).not.toBeNull();
});

test("the audit trail tells who did what, from when to when, by its beginning", async () => {
  await inviteAs("trail@example.com");
  const byAction = await call(audit, "/api/v1/audit?action=person.invite&limit=1");
  expect(byAction.json.items).toMatchObject([
    { action: "person.invite", actor: { id: "api-key:bootstrap" }, after: { email: "trail@example.com" } },
  ]);
  expect((await call(audit, `/api/v1/audit?to=2020-01-01T00:00:00.000Z`)).json.items).toEqual([]);
  const next = await call(audit, `/api/v1/audit?action=person.invite&limit=1&cursor=${byAction.json.nextCursor}`);
  expect(next.json.items[0].id).not.toBe(byAction.json.items[0].id);
});

test("the audit trail leaves as a file in which nothing is a formula", async () => {
  await call(invite, "/api/v1/people", { body: { email: "formula@example.com", name: "=1+1", role: "planner" } });
  const { status, headers, text } = await call(auditFile, "/api/v1/audit/export.csv?action=person.invite");
  expect([status, headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
  const [head, newest] = text.split("\n");
  expect(head).toContain("time_utc,actor,actor_name,action,subject,before,after");
  expect(newest).toContain("person.invite");
});
