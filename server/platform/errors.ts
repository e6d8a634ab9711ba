export type ErrorCode =
  | "invalid_input"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "unprocessable"
  | "too_large"
  | "unsupported_media_type"
  | "too_many_requests"
  | "unavailable";

/** Where in the request something is wrong, as a JSON pointer, and what. */
export type FieldError = { path: string; message: string };

/**
 * An operation that was refused: the caller can do something about it. A failed dependency is not one of these, it
 * throws as it is. Next bundles its own copy of this file, so a catch asks `isAppError`, never `instanceof`.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  readonly retryAfterS: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: ErrorOptions & { fields?: readonly FieldError[]; retryAfterS?: number } = {},
  ) {
    super(message, options);
    this.name = "AppError";
    this.code = code;
    this.fields = options.fields ?? [];
    this.retryAfterS = options.retryAfterS;
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === "AppError" && "code" in error;
}

export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
