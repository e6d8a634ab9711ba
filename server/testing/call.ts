import type { RouteHandler } from "@/app/api/_http/define-route.ts";
import { REMOTE_ADDRESS_HEADER } from "../access/remote-address.ts";
import { TEST_KEY, TEST_ORIGIN } from "./tower.ts";

export type CallOptions = {
  /** `key` (an admin), a cookie, or nothing at all. */
  as?: "key" | "nobody" | { cookie: string };
  body?: unknown;
  headers?: Record<string, string>;
};

/** Calls a route handler as Next does: a request in, an answer out. A body that is text goes as it is. */
export async function call(handler: RouteHandler, path: string, options: CallOptions = {}): Promise<Answer> {
  const { as = "key", body, headers = {} } = options;
  const { method } = handler.route;
  const all = new Headers({ host: new URL(TEST_ORIGIN).host, [REMOTE_ADDRESS_HEADER]: "127.0.0.1" });
  if (as === "key") all.set("authorization", `Bearer ${TEST_KEY}`);
  if (typeof as === "object") all.set("cookie", as.cookie);
  if (typeof as === "object" && method !== "GET") all.set("origin", TEST_ORIGIN);
  if (body !== undefined) all.set("content-type", "application/json");
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  const sent = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  const response = await handler(
    new Request(`${TEST_ORIGIN}${path}`, { method, headers: all, ...(sent !== undefined && { body: sent }) }),
  );
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null };
}

export type Answer = { status: number; headers: Headers; text: string; json: ReturnType<typeof JSON.parse> };

/** The Cookie header a browser would send after this answer. */
export function cookieOf(answer: Answer): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
