import type { CheckedField, FailingField } from "../../contracts/dead-letter.ts";
import type { RecordTrial } from "./port.ts";

const FIELDS_MAX = 500;

/**
 * A record beside its contract, field by field: what fails in the envelope first, then the fields of the contract that
 * are there or should be, then those it does not know.
 */
export function explainFields({ contract, document, rowPath, failing }: RecordTrial): CheckedField[] {
  const failingAt = new Map(failing.map((field) => [field.path, field]));
  const row = rowPath === null ? undefined : valueAt(document, rowPath);
  const values = isRecord(row) ? row : {};
  const prefix = rowPath ?? "";
  // Without a row there is nothing to hold the contract against: only what failed is told.
  const known = rowPath === null ? [] : (contract?.fields ?? []);
  const fields: CheckedField[] = [];
  const take = (path: string, part: Partial<CheckedField>) => {
    const found = failingAt.get(path);
    failingAt.delete(path);
    fields.push({
      path,
      name: nameOf(path),
      expected: found?.expected ?? null,
      meaning: null,
      required: false,
      value: textAt(document, path),
      failing: found ? found.expected : null,
      ...part,
    });
  };
  for (const { path } of [...failingAt.values()].filter((field) => !isWithin(field, prefix))) take(path, {});
  for (const field of known) {
    const path = prefix + field.path;
    if (!field.required && !failingAt.has(path) && !(nameOf(field.path) in values)) continue;
    take(path, { expected: field.type, meaning: field.meaning, required: field.required });
  }
  const named = new Set(fields.map(({ path }) => path));
  for (const name of Object.keys(values)) {
    const path = `${prefix}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (!named.has(path) && name !== "ChangeEventHeader") take(path, {});
  }
  for (const { path } of [...failingAt.values()]) take(path, {});
  return fields.slice(0, FIELDS_MAX);
}

/** A failing field of the row itself: one level below where the row stands. */
const isWithin = ({ path }: FailingField, prefix: string): boolean =>
  path.startsWith(`${prefix}/`) && !path.slice(prefix.length + 1).includes("/");

export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function textAt(document: unknown, path: string): string | null {
  const value = path === "" ? undefined : valueAt(document, path);
  return value === undefined ? null : JSON.stringify(value);
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1) || "/";
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
