import type { ZodError } from "zod";
import type { Problem } from "@/server/contracts/problem.ts";
import { type AppError, type ErrorCode, type FieldError, isAppError } from "@/server/platform/errors.ts";

const STATUS: Record<ErrorCode, number> = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unsupported_media_type: 415,
  unprocessable: 422,
  too_many_requests: 429,
  unavailable: 503,
};

/** How a transport says that it was refused: the problem document and the headers that go with it. */
export type Refusal = { problem: Problem; headers: Record<string, string> };

export function refusalOf(error: AppError): Refusal {
  const { code, message, fields, retryAfterS } = error;
  const headers: Record<string, string> = {};
  if (code === "unauthenticated") headers["www-authenticate"] = 'Bearer realm="wheelhouse"';
  if (retryAfterS !== undefined) headers["retry-after"] = String(retryAfterS);
  return { problem: problem(STATUS[code], code, message, fields), headers };
}

/** For what nobody expected. The caller gets a reference to give to an operator, and nothing of what happened. */
export function defectRefusal(reference: string): Refusal {
  const detail = `Reference ${reference}: give it to the operator of this tower.`;
  return { problem: { ...problem(500, "internal_error", "something went wrong here"), detail }, headers: {} };
}

export function dependencyRefusal(dependency: string): Refusal {
  const title = `the ${dependency} does not answer`;
  const path = `/${dependency}`;
  return {
    problem: problem(503, "unavailable", title, [{ path, message: "does not answer" }]),
    headers: { "retry-after": "5" },
  };
}

/** For a method that an address does not have. Reading may be asked for its headers alone. */
export function methodRefusal(methods: readonly string[]): Refusal {
  const allow = methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
  return { problem: problem(405, "method_not_allowed", `here it is ${allow} only`), headers: { allow } };
}

export { isAppError };

function problem(status: number, code: string, title: string, errors: readonly FieldError[] = []): Problem {
  return { type: "about:blank", title, status, code, errors: [...errors] };
}

/** Every failing field as a JSON pointer; an unknown field is named itself, not the object it is in. */
export function fieldErrorsOf(error: ZodError): FieldError[] {
  return error.issues.flatMap((issue): FieldError[] => {
    if (issue.code !== "unrecognized_keys") return [{ path: pointer(issue.path), message: issue.message }];
    return issue.keys.map((key) => ({ path: pointer([...issue.path, key]), message: "unknown field" }));
  });
}

export function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).slice(0, 200).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
