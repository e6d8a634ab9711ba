import type { z } from "zod";
import { Problem } from "@/server/contracts/problem.ts";

/** Why a question to the tower has no answer. `status` is 0 when nothing came back at all. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;
  /** To be told to the admin, who finds it in the log. */
  readonly reference: string | undefined;
  /** What the tower itself is waiting for: `database`, `broker`. */
  readonly part: string | undefined;
  /** Which fields were wrong, as JSON pointers: a form shows them where they are. */
  readonly errors: readonly { path: string; message: string }[];

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      reference?: string | undefined;
      part?: string | undefined;
      errors?: readonly { path: string; message: string }[];
    } = {},
  ) {
    super(message);
    this.name = "ApiFailure";
    this.status = status;
    this.code = code;
    this.reference = more.reference;
    this.part = more.part;
    this.errors = more.errors ?? [];
  }
}

export const ANSWER_MS_MAX = 10_000;

type Options = { signal?: AbortSignal | undefined; fetch?: typeof fetch; onSignedOut?: () => void };
type Write = { method: "POST" | "PUT" | "PATCH" | "DELETE"; body?: unknown };

/** Asks the tower and checks the answer against its contract. Every failure is an `ApiFailure`, a cancelled question excepted. */
export function fetchJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  options: Options = {},
): Promise<z.infer<Schema>> {
  return exchange(path, schema, { headers: { accept: "application/json" } }, options);
}

/** Changes something at the tower. A body that is text goes as CSV, anything else as JSON. */
export function sendJson<Schema extends z.ZodType>(
  path: string,
  { method, body }: Write,
  schema: Schema,
  options: Options = {},
): Promise<z.infer<Schema>> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body === undefined) return exchange(path, schema, { method, headers }, options);
  const isText = typeof body === "string";
  headers["content-type"] = isText ? "text/csv" : "application/json";
  return exchange(path, schema, { method, headers, body: isText ? body : JSON.stringify(body) }, options);
}

async function exchange<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  request: RequestInit,
  { signal, fetch: ask = fetch, onSignedOut = goToSignIn }: Options,
): Promise<z.infer<Schema>> {
  const timeout = AbortSignal.timeout(ANSWER_MS_MAX);
  let response: Response;
  let body: unknown;
  try {
    response = await ask(path, {
      ...request,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    body = parseJson(await response.text());
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiFailure(0, timeout.aborted ? "timeout" : "unreachable", "the tower did not answer");
  }
  if (response.status === 401) onSignedOut();
  if (!response.ok) throw failureOf(response.status, body);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new ApiFailure(response.status, "bad_answer", parsed.error.message);
  return parsed.data;
}

/** `null` for what is not JSON: an answer from something before the tower. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function failureOf(status: number, body: unknown): ApiFailure {
  const problem = Problem.safeParse(body);
  if (!problem.success) return new ApiFailure(status, "failed", `status ${status}`);
  const { code, title, detail, errors } = problem.data;
  const reference = /Reference (\S+?):/.exec(detail ?? "")?.[1];
  const part = status === 503 ? errors[0]?.path.slice(1) : undefined;
  return new ApiFailure(status, code, title, { reference, part, errors });
}

function goToSignIn(): void {
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}
