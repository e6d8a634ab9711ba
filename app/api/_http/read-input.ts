import type { z } from "zod";
import { AppError, type FieldError } from "@/server/platform/errors.ts";
import { fieldErrorsOf, pointer } from "./problem.ts";

const NESTING_MAX = 32;
/** Keys that mean something to JavaScript itself; no field of this API has such a name. */
const HOSTILE_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/** Checks one part of a request against its schema and names every field that fails. */
export function check<Schema extends z.ZodType>(schema: Schema, input: unknown, part: string): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw invalid(`the ${part} of the request is wrong`, fieldErrorsOf(parsed.error));
  return parsed.data;
}

/** Reads `{name}` parts of the address. Done here, so that encoded slashes and bars arrive as what they stand for. */
export function readParams(template: string, pathname: string): Record<string, string> {
  const given = pathname.split("/");
  const named = template.split("/").flatMap((part, index) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    return name === undefined ? [] : [[name, decode(given[index] ?? "", name)] as const];
  });
  return Object.fromEntries(named);
}

function decode(part: string, name: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid("the address is wrong", [{ path: `/${name}`, message: "is not encoded as an address should be" }]);
  }
}

/** A name that comes twice is refused: which one was meant is anybody's guess. */
export function readQuery(query: URLSearchParams): Record<string, string> {
  const names = [...query.keys()];
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0)
    throw invalid(
      "the query of the request is wrong",
      [...new Set(twice)].map((name) => ({ path: pointer([name]), message: "given more than once" })),
    );
  refuseHostile(Object.fromEntries(query));
  return Object.fromEntries(query);
}

export type BodyType = "application/json" | "text/csv";

/** The body of a request, JSON unless it is to be text, or `undefined` when it has none. */
export async function readBody(
  request: Request,
  bytesMax: number,
  wanted: BodyType = "application/json",
): Promise<unknown> {
  const bytes = await readBytes(request, bytesMax);
  if (bytes.length === 0) return undefined;
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== wanted)
    throw new AppError("unsupported_media_type", `the body must be ${wanted}`, {
      fields: [{ path: "", message: `send content-type: ${wanted}` }],
    });
  if (wanted !== "application/json") return decodeText(bytes);
  const body = parseJson(bytes);
  refuseHostile(body);
  return body;
}

async function readBytes(request: Request, bytesMax: number): Promise<Buffer> {
  // What the client says about the length saves reading; what counts is what arrives.
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) throw tooLarge(bytesMax);
  if (!request.body) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const part = read.value as Uint8Array;
    length += part.length;
    if (length > bytesMax) {
      await reader.cancel();
      throw tooLarge(bytesMax);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw invalid("the body of the request is wrong", [{ path: "", message: "is not JSON in UTF-8" }]);
  }
}

function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalid("the body of the request is wrong", [{ path: "", message: "is not text in UTF-8" }]);
  }
}

function refuseHostile(value: unknown, path: readonly string[] = []): void {
  if (typeof value !== "object" || value === null) return;
  if (path.length >= NESTING_MAX)
    throw invalid("the body of the request is wrong", [{ path: pointer(path), message: "is nested too deeply" }]);
  for (const [key, inner] of Object.entries(value)) {
    if (HOSTILE_KEYS.has(key))
      throw invalid("the request is wrong", [{ path: pointer([...path, key]), message: "unknown field" }]);
    refuseHostile(inner, [...path, key]);
  }
}

function invalid(message: string, fields: readonly FieldError[]): AppError {
  return new AppError("invalid_input", message, { fields });
}

function tooLarge(bytesMax: number): AppError {
  return new AppError("too_large", "the body of the request is too large", {
    fields: [{ path: "", message: `at most ${bytesMax} bytes` }],
  });
}
