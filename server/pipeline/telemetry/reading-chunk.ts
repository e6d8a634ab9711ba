import type { Rejection } from "../step.ts";
import type { IdTable } from "./id-table.ts";
import type { LineVisits } from "./line-visits.ts";
import type { ReadingRows } from "./reading-rows.ts";
import type { VehicleColumns } from "./vehicle-columns.ts";

/** The few fields of a Kafka record that the line reads. */
export type ReadingRecord = { offset: string; timestamp: string; value: Buffer | null };

/**
 * The records of one partition from one fetch, on their way through the steps. They become rows in columns rather than
 * objects in a list, so a step reads and writes here; rows from `firstRow` on are those of this chunk.
 */
export type ReadingChunk = {
  records: readonly ReadingRecord[];
  /** The first record that is new. */
  from: number;
  rows: ReadingRows;
  firstRow: number;
  ids: IdTable;
  vehicles: VehicleColumns;
  visits: LineVisits;
  exits: { reject(record: ReadingRecord, rejection: Rejection): void };
  /** The present of a vehicle has changed. */
  changed(vehicle: number): void;
};

/** Synchronous, no IO, no allocation for each record. A throw is a defect. */
export type TelemetryStep = (chunk: ReadingChunk) => void;

/** Reads a record's value into row `rows.count`, or says why it is rejected. */
export type ReadReading = (value: Buffer, timestampMs: number, rows: ReadingRows, ids: IdTable) => Rejection | null;
