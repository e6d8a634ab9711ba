import type { FailingField } from "../../contracts/dead-letter.ts";
import { textOf } from "../../platform/lossless.ts";
import {
  type Connector,
  changesOf,
  type Decoded,
  readObject,
  rejected,
  type SourceRecord,
  unstorable,
  violates,
} from "../connector.ts";
import { type QlikMessage, readMessage } from "./envelope.ts";
import { keyColumnsOf } from "./key-columns.ts";

/** Longer key values are no SAP keys; the bound keeps them within what an index of the database can hold. */
const KEY_VALUE_LENGTH_MAX = 100;

/**
 * SAP tables as Qlik Replicate sends them to Kafka, one topic a table. The key is the row's own key columns joined by
 * `|` as received; the position is the change sequence. Dates, quantities and blanks stay as the source wrote them.
 */
export const sapQlik: Connector = {
  name: "sap-qlik",
  system: "sap",
  decode(record, table) {
    const read = readObject(record.value);
    if ("left" in read) return read.left;
    const envelope = readMessage(read.object);
    if ("left" in envelope) return envelope.left;
    return toChange(envelope.message, record, table);
  },
};

function toChange(message: QlikMessage, record: SourceRecord, table: string): Decoded {
  const identity = keyOf(message, table);
  if ("left" in identity) return identity.left;
  const failing = unstorable(message.row, message.rowPath);
  if (failing.length > 0) return violates(failing);
  return changesOf([
    {
      system: "sap",
      entity: table,
      key: identity.key,
      operation: message.operation,
      position: message.changeSequence ?? loadPosition(record),
      commitTimeMs: commitTimeOf(message) ?? record.timestampMs,
      fields: message.row,
      record: {
        topic: record.topic,
        partition: record.partition,
        offset: record.offset,
        timestampMs: record.timestampMs,
      },
    },
  ]);
}

function keyOf(message: QlikMessage, table: string): { key: string } | { left: Decoded } {
  const columns = keyColumnsOf(table);
  if (!columns) {
    const text = `the key columns of table ${table} are not known: add them to the sap-qlik connector, then replay`;
    return { left: rejected("contract", "missing_key", text) };
  }
  const values = columns.map((column) => textOf(message.row[column]));
  const missing: FailingField[] = columns
    .filter((_, index) => !isKeyValue(values[index]))
    .map((column) => ({
      path: `${message.rowPath}/${column}`,
      expected: `a key value of 1 to ${KEY_VALUE_LENGTH_MAX} characters`,
    }));
  if (missing.length > 0) {
    const text = `the row lacks ${missing.length} of the key columns ${columns.join(", ")} of ${table}`;
    return { left: rejected("contract", "missing_key", text, missing) };
  }
  return { key: values.map((value) => escapeKey(value!)).join("|") };
}

const isKeyValue = (value: string | null | undefined): boolean =>
  typeof value === "string" && value.trim() !== "" && value.length <= KEY_VALUE_LENGTH_MAX;

/** So that two different keys never join to the same text. */
const escapeKey = (value: string): string => value.replaceAll("\\", "\\\\").replaceAll("|", "\\|");

/**
 * The row of a full load has no place in the change order: it must lose against every change, and a later load must win
 * over an earlier one. Sixteen zeros are before every date, the rest is the record's own time.
 */
function loadPosition({ timestampMs }: SourceRecord): string {
  return "0".repeat(16) + String(Math.max(0, timestampMs)).padStart(19, "0");
}

/** The header's time, else the one in the change sequence (`YYYYMMDDHHmmSShh`), else unknown. */
function commitTimeOf({ timestamp, changeSequence }: QlikMessage): number | null {
  if (timestamp !== null) return Date.parse(timestamp.endsWith("Z") ? timestamp : `${timestamp}Z`);
  if (changeSequence === null) return null;
  const [, date, hours, minutes, seconds, hundredths] = /^(\d{8})(\d\d)(\d\d)(\d\d)(\d\d)/.exec(changeSequence) ?? [];
  const day = date?.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
  const time = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${hundredths}0Z`);
  return Number.isNaN(time) ? null : time;
}
