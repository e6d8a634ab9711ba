import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { AppError, type ErrorCode } from "@/server/platform/errors.ts";
import type { Actor } from "@/server/services/actor.ts";
import { setTower, type Tower } from "@/server/services/tower.ts";
import { route } from "./define-route.ts";

const manager: Actor = { kind: "user", id: "user:1", name: "Ann", email: "ann@example.com", role: "manager" };
const reportDefect = vi.fn();
const take = vi.fn();

beforeEach(() => {
  vi.resetAllMocks();
  const tower: Partial<Tower> = {
    isSecure: true,
    auth: {
      sessionOf: async (headers: Headers) => (headers.get("cookie") === "ann" ? manager : null),
    } as Tower["auth"],
    context: (actor) => ({ actor }) as ReturnType<Tower["context"]>,
    actorOfKey: () => null,
    isOwnOrigin: (origin) => origin === "https://tower.example",
    limits: { take, giveBack: () => {} },
    failedDependency: () => null,
    reportDefect,
  };
  setTower(tower as Tower);
});
afterEach(() => setTower(undefined));

type Run = Parameters<typeof route>[0]["run"];
const made = (run: Run, role: "manager" | "admin" = "manager", method: "GET" | "POST" = "GET") =>
  route({
    method,
    path: "/api/x/{id}",
    summary: "",
    role,
    params: z.strictObject({ id: z.string() }),
    answer: z.any(),
    run,
  });
const send = (handler: ReturnType<typeof made>, headers: Record<string, string> = { cookie: "ann" }) =>
  handler(new Request("https://tower.example/api/x/1", { method: handler.route.method, headers }));

test("what nobody expected tells a reference and nothing else; the operator finds the error under it", async () => {
  const error = new Error("password is hunter2");
  const response = await send(made(() => Promise.reject(error)));
  const problem = await response.json();
  expect(problem).toMatchObject({ status: 500, code: "internal_error", errors: [] });
  expect(JSON.stringify(problem)).not.toContain("hunter2");
  const reference = response.headers.get("x-request-id")!;
  expect(problem.detail).toContain(reference);
  expect(reportDefect).toHaveBeenCalledExactlyOnceWith(reference, error, "GET /api/x/{id}");
});

test.each<[ErrorCode, number]>([
  ["invalid_input", 400],
  ["unauthenticated", 401],
  ["forbidden", 403],
  ["not_found", 404],
  ["conflict", 409],
  ["too_large", 413],
  ["unsupported_media_type", 415],
  ["unprocessable", 422],
  ["too_many_requests", 429],
  ["unavailable", 503],
])("a refusal %s is answered with %i, and is no defect", async (code, status) => {
  const fields = [{ path: "/a", message: "b" }];
  const response = await send(made(() => Promise.reject(new AppError(code, "words", { fields, retryAfterS: 7 }))));
  expect([response.status, response.headers.get("retry-after")]).toEqual([status, "7"]);
  expect(await response.json()).toEqual({ type: "about:blank", title: "words", status, code, errors: fields });
  expect(reportDefect).not.toHaveBeenCalled();
});

test("who may not does not get as far as the work, and learns nothing of what the request lacks", async () => {
  const run = vi.fn();
  expect((await send(made(run, "admin"))).status).toBe(403);
  expect((await send(made(run, "manager"), {})).status).toBe(401);
  expect((await send(made(run, "manager"), { cookie: "ann", authorization: "Bearer wrong" })).status).toBe(401);
  expect(run).not.toHaveBeenCalled();
});

test("a change by cookie needs the tower's own origin; reading does not", async () => {
  const run = vi.fn(async () => ({}));
  const post = made(run, "manager", "POST");
  const elsewhere: Record<string, string>[] = [
    {},
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "same-site" },
  ];
  for (const headers of elsewhere)
    expect((await send(post, { cookie: "ann", ...headers })).status, JSON.stringify(headers)).toBe(403);
  expect(run).not.toHaveBeenCalled();
  expect((await send(post, { cookie: "ann", origin: "https://tower.example" })).status).toBe(200);
  expect((await send(post, { cookie: "ann", "sec-fetch-site": "same-origin" })).status).toBe(200);
  expect((await send(made(run))).status).toBe(200);
});

test("every call counts against whoever makes it: the actor, or the address of a stranger", async () => {
  await send(made(async () => ({})));
  await send(
    made(async () => ({})),
    { "x-wheelhouse-remote-address": "10.0.0.7" },
  );
  expect(take.mock.calls).toEqual([
    ["actor", "user:1"],
    ["address", "10.0.0.7"],
  ]);
});

test("every answer, good or bad, keeps browsers from caching, framing or sniffing it", async () => {
  for (const response of [
    await send(made(async () => ({}))),
    await send(
      made(async () => ({})),
      {},
    ),
  ]) {
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("strict-transport-security")).toContain("max-age=");
  }
});
