import { expect, test } from "vitest";
import { pagePolicy, securityHeaders } from "./security-headers.ts";

const policyFor = (host: string | null, isDevelopment = false) =>
  pagePolicy({ nonce: "bm9uY2U=", host, isDevelopment });

test("a page runs its own scripts by nonce, and nothing from outside", () => {
  const policy = policyFor("tower.example:3000");
  expect(policy).toContain("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic';");
  expect(policy).toContain("connect-src 'self' ws://tower.example:3000 wss://tower.example:3000;");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe-eval|\*|https?:/);
});

test("only development may evaluate", () => {
  expect(policyFor("a", true)).toContain("'unsafe-eval'");
});

test("a host that would change the policy does not get into it", () => {
  for (const host of ["a; script-src *", "a b", "a\nb", "a,b", "", null])
    expect(policyFor(host), String(host)).toContain("connect-src 'self'; object-src 'none'");
});

test("strict transport is asked for on https only", () => {
  const names = (isSecure: boolean) => securityHeaders({ isSecure }).map(([name]) => name);
  expect(names(true)).toContain("strict-transport-security");
  expect(names(false)).not.toContain("strict-transport-security");
});
