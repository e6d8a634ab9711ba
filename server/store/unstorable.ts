/** Classes of PostgreSQL's errors that lie in the data itself: trying the same data again cannot help. */
const DATA_CLASSES = [
  "22", // data exception
  "23", // integrity constraint
  "54", // program limit exceeded, such as an index row or nesting that is too large
];
const SQL_STATE = /^[0-9A-Z]{5}$/;
const DEPTH_MAX = 6;

/** Whether the database refused what it was given, as opposed to being away or busy. */
export function isUnstorable(error: unknown): boolean {
  return sqlStatesOf(error, 0).some((state) => DATA_CLASSES.includes(state.slice(0, 2)));
}

/** Drivers and clients wrap the state in different places, so every level of the error is looked at. */
function sqlStatesOf(error: unknown, depth: number): string[] {
  if (typeof error !== "object" || error === null || depth > DEPTH_MAX) return [];
  const { code, originalCode, cause, meta, driverAdapterError } = error as Record<string, unknown>;
  const own = [code, originalCode].filter(
    (state): state is string => typeof state === "string" && SQL_STATE.test(state),
  );
  const prisma = own.filter((state) => !state.startsWith("P"));
  return [...prisma, ...[cause, meta, driverAdapterError].flatMap((inner) => sqlStatesOf(inner, depth + 1))];
}
