import { isLosslessNumber, parse, stringify } from "lossless-json";

/** A record's bytes as text, or `null` when they are none in UTF-8. */
export function textOfBytes(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The document of a JSON text with every digit of its numbers kept; `undefined` when it is no JSON object. */
export function parseDocument(text: string | null): Record<string, unknown> | undefined {
  if (text === null) return undefined;
  try {
    const document = parse(text);
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

/** The JSON text of the value at a pointer, just as it would be sent; `null` when there is none. */
export function valueText(document: Record<string, unknown> | undefined, pointer: string): string | null {
  let value: unknown = document;
  for (const name of namesOf(pointer)) {
    if (!isContainer(value) || !Object.hasOwn(value, name)) return null;
    value = (value as Record<string, unknown>)[name];
  }
  return value === undefined ? null : (stringify(value) ?? null);
}

/** Whether this is one JSON value, as a field must be. */
export function isJsonValue(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The text with the value at a pointer put in its place; objects on the way are made. An empty text takes the field
 * away. Numbers elsewhere keep their digits.
 */
export function withValue(text: string, pointer: string, value: string): string {
  const document = parse(text) as Record<string, unknown>;
  const names = namesOf(pointer);
  const last = names.pop()!;
  let place = document;
  for (const name of names) {
    if (!isContainer(place[name])) place[name] = {};
    place = place[name] as Record<string, unknown>;
  }
  if (value.trim() === "") delete place[last];
  else place[last] = parse(value);
  return stringify(document) ?? text;
}

/** JSON over several lines, for reading; any other text as it is. */
export function prettyText(text: string): string {
  try {
    return stringify(parse(text), null, 2) ?? text;
  } catch {
    return text;
  }
}

/** Bytes as people look at them: place, sixteen bytes, and the letters among them. */
export function hexLines(bytes: Uint8Array, bytesMax: number): string[] {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(bytes.length, bytesMax); at += 16) {
    const part = [...bytes.subarray(at, at + 16)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const letters = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${at.toString(16).padStart(6, "0")}  ${hex.padEnd(47)}  ${letters}`);
  }
  return lines;
}

const namesOf = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

const isContainer = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !isLosslessNumber(value);
const isObject = (value: unknown): value is Record<string, unknown> => isContainer(value) && !Array.isArray(value);
