import { recordTimeMs } from "../record-time.ts";
import type { ReadReading, TelemetryStep } from "../telemetry/reading-chunk.ts";

/** Bytes to rows, contract included. Tombstones say nothing about a vehicle and leave no row. */
export function decodeReadings(read: ReadReading): TelemetryStep {
  return function decodeReadingsStep({ records, from, rows, ids, exits }) {
    rows.reserve(records.length - from);
    for (let index = from; index < records.length; index++) {
      const record = records[index]!;
      if (record.value === null) continue;
      const timestampMs = recordTimeMs(record.timestamp);
      const rejection = read(record.value, timestampMs, rows, ids);
      if (rejection) {
        exits.reject(record, rejection);
        continue;
      }
      rows.offset[rows.count] = Number(record.offset);
      rows.recordedMs[rows.count] = timestampMs;
      rows.count += 1;
    }
  };
}
