import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PUT as setSetting, GET as setting } from "@/app/api/v1/settings/sign-in/route.ts";
import { GET as sites } from "@/app/api/v1/sites/route.ts";
import { call, cookieOf } from "@/server/testing/call.ts";
import { TEST_ORIGIN, type TestTower, testTower } from "@/server/testing/tower.ts";
import { GET as callback } from "./callback/route.ts";
import { GET as start } from "./start/route.ts";

const CLIENT = { clientId: "wheelhouse", clientSecret: "a secret that only the two know" };
const SETTING = {
  ...CLIENT,
  enabled: true,
  label: "Example login",
  domains: ["example.com"],
  role: "manager",
  version: 0,
};

let tower: TestTower;
let http: Server;
let issuer: string;
/** Who the provider says is sitting there. */
let claims: Record<string, unknown> = {};

beforeAll(async () => {
  tower = await testTower();
  http = createServer();
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const provider = aProvider();
  const answer = provider.callback();
  http.on("request", (request, response) => {
    if (!request.url!.startsWith("/interaction/")) return void answer(request, response);
    void provider.interactionFinished(request, response, { login: { accountId: String(claims.sub) } });
  });
});
afterAll(async () => {
  await new Promise((resolve) => http.close(resolve));
  await tower.stop();
});

/** A real provider that asks nobody anything: whoever comes is whoever `claims` says. */
function aProvider(): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: [`${TEST_ORIGIN}/api/auth/oidc/callback`],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ sub, ...claims }) }),
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({ clientId: CLIENT.clientId, accountId: String(claims.sub) });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
}

/** Follows the browser's way through the provider, and returns the query with which it comes back. */
async function throughProvider(address: string): Promise<string> {
  const jar = new Map<string, string>();
  let next = address;
  for (let hop = 0; hop < 10; hop++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(next, { redirect: "manual", headers: { cookie } });
    for (const each of response.headers.getSetCookie()) {
      const [pair] = each.split(";");
      jar.set(pair!.slice(0, pair!.indexOf("=")), pair!.slice(pair!.indexOf("=") + 1));
    }
    const location = response.headers.get("location");
    if (!location) throw new Error(`stopped at ${next}: ${response.status} ${await response.text()}`);
    const target = new URL(location, next);
    if (target.origin === TEST_ORIGIN) return target.search;
    next = target.href;
  }
  throw new Error("the provider led nowhere");
}

async function signInWith(person: Record<string, unknown>) {
  claims = person;
  const begun = await call(start, "/api/auth/oidc/start?next=/orders", { as: "nobody" });
  const query = await throughProvider(begun.headers.get("location")!);
  return call(callback, `/api/auth/oidc/callback${query}`, { as: "nobody", headers: { cookie: cookieOf(begun) } });
}

test("before an admin has set a provider there is no such way in", async () => {
  expect((await call(start, "/api/auth/oidc/start", { as: "nobody" })).status).toBe(404);
});

test("only an admin sets one, only one that answers, and its secret is never told again", async () => {
  const refused = await call(setSetting, "/api/v1/settings/sign-in", {
    body: { ...SETTING, issuer: "https://127.0.0.1:1" },
  });
  expect([refused.status, refused.json.errors[0].path]).toEqual([422, "/issuer"]);
  const plain = await call(setSetting, "/api/v1/settings/sign-in", {
    body: { ...SETTING, issuer: "http://login.example.com" },
  });
  expect(plain.json.errors).toEqual([{ path: "/issuer", message: "has to begin with https://" }]);
  const set = await call(setSetting, "/api/v1/settings/sign-in", { body: { ...SETTING, issuer } });
  expect(set.json.oidc).toMatchObject({
    hasSecret: true,
    version: 1,
    redirectUri: `${TEST_ORIGIN}/api/auth/oidc/callback`,
  });
  const kept = JSON.stringify(
    [await tower.database.setting.findMany(), await tower.database.auditEntry.findMany()],
    (_, value) => (typeof value === "bigint" ? String(value) : value),
  );
  for (const text of [kept, set.text, (await call(setting, "/api/v1/settings/sign-in")).text])
    expect(text).not.toContain(CLIENT.clientSecret);
  expect((await call(setSetting, "/api/v1/settings/sign-in", { body: { ...SETTING, issuer } })).status).toBe(409);
});

test("somebody of an expected domain comes in with the role that was set, and lands where they wanted to go", async () => {
  const answer = await signInWith({ sub: "7", email: "Ida@example.com", email_verified: true, name: "Ida Idle" });
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/orders"]);
  expect((await call(sites, "/api/v1/sites", { as: { cookie: cookieOf(answer) } })).status).toBe(200);
  expect(await tower.database.user.findUnique({ where: { email: "ida@example.com" } })).toMatchObject({
    role: "manager",
    name: "Ida Idle",
  });
  await signInWith({ sub: "7", email: "ida@example.com", email_verified: true });
  expect(await tower.database.user.count({ where: { email: "ida@example.com" } })).toBe(1);
});

test("a stranger, an address nobody has confirmed, and who is blocked stay outside, and are told so", async () => {
  const cases = [
    [{ sub: "8", email: "eve@elsewhere.example", email_verified: true }, "/sign-in?refused=forbidden"],
    [{ sub: "9", email: "ida@example.com", email_verified: false }, "/sign-in?refused=provider"],
  ] as const;
  for (const [person, location] of cases) expect((await signInWith(person)).headers.get("location")).toBe(location);
  await tower.database.user.update({ where: { email: "ida@example.com" }, data: { banned: true } });
  const blocked = await signInWith({ sub: "7", email: "ida@example.com", email_verified: true });
  expect(blocked.headers.get("location")).toBe("/sign-in?refused=forbidden");
});

test("an answer of the provider counts only in the browser that asked for it", async () => {
  claims = { sub: "10", email: "ora@example.com", email_verified: true };
  const begun = await call(start, "/api/auth/oidc/start", { as: "nobody" });
  const query = await throughProvider(begun.headers.get("location")!);
  const elsewhere = await call(callback, `/api/auth/oidc/callback${query}`, { as: "nobody" });
  expect(elsewhere.headers.get("location")).toBe("/sign-in?refused=provider");
  const other = await call(start, "/api/auth/oidc/start", { as: "nobody" });
  const mixed = await call(callback, `/api/auth/oidc/callback${query}`, {
    as: "nobody",
    headers: { cookie: cookieOf(other) },
  });
  expect(mixed.headers.get("location")).toBe("/sign-in?refused=provider");
});
