import { expect, test, vi } from "vitest";
import { z } from "zod";
import { en } from "@/components/messages/en.ts";
import { failureWords } from "./failure-words.ts";
import { ApiFailure, fetchJson, sendJson } from "./fetch-json.ts";

const Answer = z.object({ value: z.number() });
const ask = (answer: () => Promise<Response>, onSignedOut = vi.fn()) =>
  fetchJson("/api/v1/x", Answer, { fetch: answer as typeof fetch, onSignedOut });
const failure = async (answer: () => Promise<Response>) => {
  const error = await ask(answer).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiFailure);
  return error as ApiFailure;
};
const problem = (status: number, part: object = {}) =>
  Response.json({ type: "about:blank", title: "no", status, code: "failed", errors: [], ...part }, { status });

test("an answer is checked against its contract", async () => {
  await expect(ask(async () => Response.json({ value: 3, more: 1 }))).resolves.toEqual({ value: 3 });
  expect((await failure(async () => Response.json({ value: "3" }))).code).toBe("bad_answer");
});

test("a problem document becomes words and keeps its reference and the part that failed", async () => {
  const defect = await failure(async () => problem(500, { detail: "Reference 7f3a-21c9: give it to the operator." }));
  expect(defect.reference).toBe("7f3a-21c9");
  expect(failureWords(defect, en)).toBe(en.errors.server);
  const away = await failure(async () => problem(503, { errors: [{ path: "/database", message: "does not answer" }] }));
  expect(failureWords(away, en)).toBe("The database does not answer.");
  expect(failureWords(await failure(async () => problem(429)), en)).toBe(en.errors.tooMany);
});

test("no answer at all is told as such, whatever came instead of JSON is a failure", async () => {
  const lost = await failure(() => Promise.reject(new TypeError("network")));
  expect([lost.status, failureWords(lost, en)]).toEqual([0, en.errors.unreachable]);
  expect((await failure(async () => new Response("<html>", { status: 502 }))).status).toBe(502);
});

test("a session that is over sends to sign in", async () => {
  const onSignedOut = vi.fn();
  await expect(ask(async () => problem(401), onSignedOut)).rejects.toBeInstanceOf(ApiFailure);
  expect(onSignedOut).toHaveBeenCalledOnce();
});

test("a change is sent with its method and body, and a refusal names the fields that were wrong", async () => {
  const sent: RequestInit[] = [];
  const fetch = (async (_path: string, request: RequestInit) => {
    sent.push(request);
    return problem(400, { errors: [{ path: "/name", message: "expected some text" }] });
  }) as typeof globalThis.fetch;
  const refused = await sendJson("/api/v1/x", { method: "PUT", body: { name: "" } }, Answer, { fetch }).catch(
    (error: unknown) => error,
  );
  expect(sent[0]).toMatchObject({ method: "PUT", body: '{"name":""}' });
  expect((refused as ApiFailure).errors).toEqual([{ path: "/name", message: "expected some text" }]);
});
