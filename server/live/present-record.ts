import type { RecordRef } from "../contracts/record-ref.ts";
import type { StoredRecordRef } from "../services/ports.ts";

export function presentRecord({ topic, partition, offset, timestamp }: StoredRecordRef): RecordRef {
  return { topic, partition, offset: String(offset), timestamp: timestamp.toISOString() };
}
