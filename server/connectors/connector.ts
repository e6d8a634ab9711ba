import { TextDecoder } from "node:util";
import type { FailingField, LaneName } from "../contracts/dead-letter.ts";
import { RECORD_BYTES_MAX } from "../contracts/outcome.ts";
import type { Change, WideGap } from "../domain/change.ts";
import type { Decoded, SourceRecord } from "../pipeline/changes-record.ts";
import type { Rejection } from "../pipeline/step.ts";
import { parseLossless } from "../platform/lossless.ts";

export type { Decoded, SourceRecord };

/**
 * Reads one outside format. `decode` is pure and never throws over bad data: it says `rejected`. The entity of a topic
 * is handed in, because some formats do not name it.
 */
export type Connector = {
  name: string;
  system: string;
  decode(record: SourceRecord, entity: string): Decoded;
};

/** A topic with what reads it. */
export type Source = { topic: string; lane: LaneName; connector: string; system: string; entity: string };

export const IGNORED: Decoded = { kind: "ignored" };

export const changesOf = (changes: Change[], gaps: WideGap[] = []): Decoded => ({ kind: "changes", changes, gaps });

export function rejected(
  stage: Rejection["stage"],
  reason: string,
  message: string,
  fields: FailingField[] = [],
): Decoded {
  return { kind: "rejected", rejection: { stage, reason, message, fields } };
}

/** Names the fields in the message too, so that a list of dead letters can be read without opening each. */
export function violates(fields: FailingField[]): Decoded {
  const words = fields.map((field) => `${field.path || "/"} should be ${field.expected}`).join("; ");
  return rejected("contract", "contract_violation", words, fields);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The JSON object of a record's value, numbers kept as text; or how the record leaves the line. */
export function readObject(value: Uint8Array | null): { object: Record<string, unknown> } | { left: Decoded } {
  if (value === null) return { left: IGNORED };
  if (value.length === 0) return { left: rejected("decode", "empty_value", "the value has no bytes") };
  if (value.length > RECORD_BYTES_MAX) {
    const message = `the value has ${value.length} bytes, at most ${RECORD_BYTES_MAX} are read`;
    return { left: rejected("decode", "too_large", message) };
  }
  try {
    const parsed = parseLossless(utf8.decode(value));
    if (isObject(parsed)) return { object: parsed };
    return { left: rejected("decode", "unknown_envelope", "the value is JSON, but not an object") };
  } catch (error) {
    return { left: rejected("decode", "not_json", error instanceof Error ? error.message : String(error)) };
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const DEPTH_MAX = 32;

/** What PostgreSQL cannot hold as JSON: NUL, half of a surrogate pair, nesting without end. Empty when all is well. */
export function unstorable(value: unknown, path: string, depth = 0): FailingField[] {
  if (typeof value === "string") {
    return isStorableText(value) ? [] : [{ path, expected: "text without NUL or broken characters" }];
  }
  if (typeof value !== "object" || value === null) return [];
  if (depth === DEPTH_MAX) return [{ path, expected: `nesting of at most ${DEPTH_MAX} levels` }];
  const failing: FailingField[] = [];
  for (const [name, inner] of Object.entries(value)) {
    if (!isStorableText(name)) failing.push({ path, expected: "field names without NUL or broken characters" });
    // The path is put together only where it may be needed: this runs over every field of every change.
    else if (typeof inner === "string" ? !isStorableText(inner) : typeof inner === "object")
      failing.push(...unstorable(inner, `${path}/${pointerPart(name)}`, depth + 1));
  }
  return failing;
}

const isStorableText = (text: string): boolean => text.isWellFormed() && !text.includes("\u0000");
const pointerPart = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");
