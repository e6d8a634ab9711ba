import { FUTURE_MS_MAX } from "../../contracts/measures.ts";
import { RECORD_BYTES_MAX } from "../../contracts/outcome.ts";
import type { Rejection } from "../../pipeline/step.ts";
import type { IdTable } from "../../pipeline/telemetry/id-table.ts";
import type { ReadingRows } from "../../pipeline/telemetry/reading-rows.ts";
import { readByContract } from "./reading-contract.ts";
import { ReadingScanner } from "./reading-scanner.ts";

/** Reads records of `telematics.readings`, and counts what it saw on the way. */
export class CanonicalReadings {
  /** Fields that the contract does not know, in accepted readings. */
  unknownFields = 0;
  /** Readings that the scanner left to the JSON parser. */
  parsed = 0;
  readonly #scanner = new ReadingScanner();

  /**
   * Writes the reading into row `rows.count`, without counting it in, and returns `null`; or returns why it is rejected.
   * `timestampMs` is the record's Kafka timestamp.
   */
  read = (value: Buffer, timestampMs: number, rows: ReadingRows, ids: IdTable): Rejection | null => {
    if (value.length === 0) return leave("empty_value", "the value has no bytes");
    if (value.length > RECORD_BYTES_MAX) {
      return leave("too_large", `the value has ${value.length} bytes, at most ${RECORD_BYTES_MAX} are read`);
    }
    // A producer may leave its records without a timestamp: then there is nothing to compare with.
    const latestMs = timestampMs < 0 ? Number.POSITIVE_INFINITY : timestampMs + FUTURE_MS_MAX;
    if (this.#scanner.scan(value, latestMs, rows, ids)) {
      this.unknownFields += this.#scanner.unknownFields;
      return null;
    }
    this.parsed += 1;
    const result = readByContract(value, latestMs, rows, ids);
    if ("reason" in result) return result;
    this.unknownFields += result.unknownFields;
    return null;
  };
}

const leave = (reason: string, message: string): Rejection => ({ stage: "decode", reason, message, fields: [] });
