import { type FactRecord, factRecord } from "../domain/business-object.ts";
import type { ChangeRecord } from "../domain/change.ts";
import type { SourceRow } from "../domain/source-row.ts";

/** The newest record of these rows by the time of the log, whatever the order of the rows; `null` of none. */
export function newestRecord(rows: readonly SourceRow[]): FactRecord | null {
  let newest: ChangeRecord | null = null;
  for (const { record } of rows) if (newest === null || isNewer(record, newest)) newest = record;
  return newest && factRecord(newest);
}

function isNewer(a: ChangeRecord, b: ChangeRecord): boolean {
  if (a.timestampMs !== b.timestampMs) return a.timestampMs > b.timestampMs;
  if (a.topic !== b.topic) return a.topic > b.topic;
  return a.partition === b.partition ? a.offset > b.offset : a.partition > b.partition;
}
