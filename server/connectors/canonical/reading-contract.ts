import type { FailingField } from "../../contracts/dead-letter.ts";
import {
  CARGO_COMPARTMENTS_MAX,
  FUTURE_MS_MAX,
  MEASURES,
  type Measure,
  VEHICLE_ID_BYTES_MAX,
} from "../../contracts/measures.ts";
import type { Rejection } from "../../pipeline/step.ts";
import { columnOf, quantise, STRIDE } from "../../pipeline/telemetry/columns.ts";
import type { IdTable } from "../../pipeline/telemetry/id-table.ts";
import type { ReadingRows } from "../../pipeline/telemetry/reading-rows.ts";
import { writeContentIdentity, writeNamedIdentity } from "./reading-identity.ts";
import { eventCode } from "./reading-scanner.ts";
import { KEYS } from "./scan-key.ts";

const TIME_FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const KNOWN_KEYS: ReadonlySet<string> = new Set(KEYS);
const OPTIONAL_TEXTS = ["source", "readingId", "event"] as const;

type Document = Record<string, unknown>;

/**
 * The definition of reading.v1: parses, checks every field and writes row `rows.count`. Returns why the document is
 * rejected, with all the fields that failed, or how many fields it had that the contract does not know.
 */
export function readByContract(
  value: Buffer,
  latestMs: number,
  rows: ReadingRows,
  ids: IdTable,
): Rejection | { unknownFields: number } {
  const parsed = parse(value);
  if (!parsed) return rejection("decode", "not_json", "the value is not JSON");
  const { document } = parsed;
  if (!isDocument(document)) return rejection("decode", "unknown_envelope", "the value is JSON, but not an object");
  const wrongEnvelope = checkEnvelope(document);
  if (wrongEnvelope) return wrongEnvelope;

  const failing: FailingField[] = [];
  const timeMs = readTime(document, failing);
  checkTexts(document, failing);
  const mask = writeMeasures(document, rows, failing);
  if (failing.length > 0) return violation(failing);
  if (timeMs > latestMs) return timeInFuture(document);

  const row = rows.count;
  rows.vehicle[row] = ids.add(document.vehicleId as string);
  rows.timeMs[row] = timeMs;
  rows.mask[row] = mask;
  rows.event[row] = document.event === undefined ? 0 : eventCode(document.event as string);
  writeIdentity(document, value, rows);
  return { unknownFields: Object.keys(document).filter((key) => !KNOWN_KEYS.has(key)).length };
}

function parse(value: Buffer): { document: unknown } | null {
  try {
    return { document: JSON.parse(value.toString("utf8")) };
  } catch {
    return null;
  }
}

function checkEnvelope(document: Document): Rejection | null {
  if (document.schema !== "reading.v1") {
    const fields = [{ path: "/schema", expected: '"reading.v1"' }];
    return { ...rejection("decode", "unknown_envelope", "the schema is not reading.v1"), fields };
  }
  if (document.vehicleId === undefined || document.vehicleId === null || document.vehicleId === "") {
    const fields = [{ path: "/vehicleId", expected: "text" }];
    return { ...rejection("contract", "missing_key", "the reading names no vehicle"), fields };
  }
  return null;
}

const isDocument = (value: unknown): value is Document =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readTime(document: Document, failing: FailingField[]): number {
  const { time } = document;
  const timeMs = typeof time === "string" && TIME_FORM.test(time) ? Date.parse(time) : Number.NaN;
  // The round trip refuses what only looks like a date, such as the 30th of February.
  if (timeMs >= 0 && new Date(timeMs).toISOString() === time) return timeMs;
  failing.push({ path: "/time", expected: "a time like 2026-08-19T14:30:01.250Z" });
  return 0;
}

function checkTexts(document: Document, failing: FailingField[]): void {
  const { vehicleId } = document;
  const isId =
    typeof vehicleId === "string" && vehicleId.isWellFormed() && Buffer.byteLength(vehicleId) <= VEHICLE_ID_BYTES_MAX;
  if (!isId) failing.push({ path: "/vehicleId", expected: `text of at most ${VEHICLE_ID_BYTES_MAX} bytes` });
  for (const name of OPTIONAL_TEXTS) {
    const value = document[name];
    if (value !== undefined && typeof value !== "string") failing.push({ path: `/${name}`, expected: "text" });
  }
}

/** Writes the values of row `rows.count` and returns which are set. */
function writeMeasures(document: Document, rows: ReadingRows, failing: FailingField[]): number {
  let mask = 0;
  for (const measure of MEASURES) {
    const value = document[measure.name];
    if (value === undefined) continue;
    const items = readItems(measure, value);
    if (!items) {
      failing.push({ path: `/${measure.name}`, expected: expectation(measure) });
      continue;
    }
    items.forEach((item, index) => {
      const column = columnOf(measure.name) + index;
      rows.values[rows.count * STRIDE + column] = quantise(item, measure.scale);
      mask |= 1 << column;
    });
  }
  for (const [name, other] of [
    ["latitude", "longitude"],
    ["longitude", "latitude"],
  ] as const) {
    const isAlone = document[name] === undefined && document[other] !== undefined;
    if (isAlone) failing.push({ path: `/${name}`, expected: `a number, as there is a ${other}` });
  }
  return mask;
}

/** The values a field stands for, or `null` when it breaks the contract. */
function readItems(measure: Measure, value: unknown): number[] | null {
  if (measure.kind === "boolean") return typeof value === "boolean" ? [value ? 1 : 0] : null;
  if (measure.kind === "number") return isWithin(measure, value) ? [value] : null;
  if (!Array.isArray(value) || value.length > CARGO_COMPARTMENTS_MAX) return null;
  return value.every((item) => isWithin(measure, item)) ? value : null;
}

const isWithin = (measure: Measure, value: unknown): value is number =>
  typeof value === "number" && value >= measure.min && value <= measure.max;

function expectation({ kind, min, max }: Measure): string {
  if (kind === "boolean") return "true or false";
  const range = `from ${min} to ${max}`;
  return kind === "list" ? `at most ${CARGO_COMPARTMENTS_MAX} numbers ${range}` : `a number ${range}`;
}

function writeIdentity(document: Document, value: Buffer, rows: ReadingRows): void {
  const { source, readingId } = document as { source?: string; readingId?: string };
  if (!readingId) writeContentIdentity(rows, rows.count, value);
  else writeNamedIdentity(rows, rows.count, source === undefined ? null : wholeText(source), wholeText(readingId));
}

function wholeText(text: string): { bytes: Uint8Array; from: number; to: number } {
  const bytes = Buffer.from(text);
  return { bytes, from: 0, to: bytes.length };
}

function timeInFuture(document: Document): Rejection {
  const expected = `at most ${FUTURE_MS_MAX / 60_000} minutes past the record's Kafka timestamp`;
  const message = `the time ${String(document.time)} lies in the future of its record`;
  return { stage: "contract", reason: "time_in_future", message, fields: [{ path: "/time", expected }] };
}

function violation(fields: FailingField[]): Rejection {
  const words = fields.map(({ path, expected }) => `${path} should be ${expected}`).join("; ");
  return { stage: "contract", reason: "contract_violation", message: words, fields };
}

function rejection(stage: Rejection["stage"], reason: string, message: string): Rejection {
  return { stage, reason, message, fields: [] };
}
