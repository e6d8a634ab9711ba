import { readFileSync } from "node:fs";
import type { SourceRecord } from "./connector.ts";

/** A record as it would come from Kafka, its value read from a connector's `samples` folder or given as text. */
export function sampleRecord(
  topic: string,
  value: URL | string | Uint8Array | null,
  over: Partial<SourceRecord> = {},
): SourceRecord {
  const bytes = value instanceof URL ? readFileSync(value) : typeof value === "string" ? Buffer.from(value) : value;
  return {
    topic,
    partition: 3,
    offset: 118n,
    timestampMs: Date.parse("2026-08-19T14:30:02.000Z"),
    key: null,
    value: bytes,
    headers: {},
    ...over,
  };
}
