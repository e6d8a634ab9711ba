import type { Role } from "@/server/contracts/role.ts";
import { SignInOptions } from "@/server/contracts/sign-in-setting.ts";

/** How a try to sign in ended; the failures are keys of the catalogue. */
export type SignInOutcome = "signed_in" | "wrong" | "tooMany" | "unreachable" | "demoOff" | "failed";

const TRY_MS_MAX = 15_000;

async function post(path: string, body: object): Promise<Response | null> {
  return fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TRY_MS_MAX),
  }).catch(() => null);
}

export async function signIn(body: { email: string; password: string; rememberMe: boolean }): Promise<SignInOutcome> {
  const answer = await post("/api/auth/sign-in/email", body);
  return outcomeOf(answer, { 400: "wrong", 401: "wrong", 403: "wrong", 429: "tooMany" });
}

export async function signInToDemo(role: Role): Promise<SignInOutcome> {
  const answer = await post("/api/demo-sign-in", { role });
  return outcomeOf(answer, { 403: "demoOff", 404: "demoOff", 429: "tooMany" });
}

function outcomeOf(answer: Response | null, refusals: Record<number, SignInOutcome>): SignInOutcome {
  if (!answer) return "unreachable";
  return answer.ok ? "signed_in" : (refusals[answer.status] ?? "failed");
}

export const NO_OPTIONS: SignInOptions = { demo: [], provider: null };

/** The other ways in that this tower offers to this browser; none when it cannot say. */
export async function signInOptions(): Promise<SignInOptions> {
  const answer = await fetch("/api/sign-in-options", { signal: AbortSignal.timeout(TRY_MS_MAX) }).catch(() => null);
  const parsed = SignInOptions.safeParse(await answer?.json().catch(() => null));
  return parsed.success ? parsed.data : NO_OPTIONS;
}
