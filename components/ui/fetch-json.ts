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

  constructor(
    status: number,
    code: string,
    message: string,
    more: { reference?: string | undefined; part?: string | undefined } = {},
  ) {
    super(message);
    this.name = "ApiFailure";
    this.status = status;
    this.code = code;
    this.reference = more.reference;
    this.part = more.part;
  }
}

export const ANSWER_MS_MAX = 10_000;

type Options = { signal?: AbortSignal | undefined; fetch?: typeof fetch; onSignedOut?: () => void };

/** Asks the tower and checks the answer against its contract. Every failure is an `ApiFailure`, a cancelled question excepted. */
export async function fetchJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  { signal, fetch: ask = fetch, onSignedOut = goToSignIn }: Options = {},
): Promise<z.infer<Schema>> {
  const timeout = AbortSignal.timeout(ANSWER_MS_MAX);
  let response: Response;
  let body: unknown;
  try {
    response = await ask(path, {
      headers: { accept: "application/json" },
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
  return new ApiFailure(status, code, title, { reference, part });
}

function goToSignIn(): void {
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}
