/** Codes of Prisma, PostgreSQL and the socket that mean "the database cannot be reached or is not accepting work". */
const UNREACHABLE = new Set([
  "P1000",
  "P1001",
  "P1002",
  "P1003",
  "P1008",
  "P1011",
  "P1017",
  "P2024",
  "P2028",
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EPIPE",
  "53300",
  "57P01",
  "57P02",
  "57P03",
]);
const IN_WORDS =
  /connection terminated|timeout exceeded when trying to connect|server closed the connection|terminating connection|can't reach database server|connection refused/i;
const DEPTH_MAX = 5;

/** Whether an operation failed because the database is away, so that a caller may be told to come again. */
export function isDatabaseAway(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > DEPTH_MAX) return false;
  const { code, message, cause, errors } = error as Record<string, unknown>;
  if (typeof code === "string" && UNREACHABLE.has(code)) return true;
  if (typeof message === "string" && IN_WORDS.test(message)) return true;
  const inner = Array.isArray(errors) ? [cause, ...errors] : [cause];
  return inner.some((each) => isDatabaseAway(each, depth + 1));
}
