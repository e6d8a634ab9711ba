import type { FailingField } from "../../contracts/dead-letter.ts";
import type { Change, Operation, WideGap } from "../../domain/change.ts";
import {
  type Connector,
  changesOf,
  type Decoded,
  IGNORED,
  isObject,
  readObject,
  rejected,
  type SourceRecord,
  unstorable,
  violates,
} from "../connector.ts";
import { type ChangeEventHeader, readHeader } from "./header.ts";

/** An undeleted record arrives whole, like a created one; of a lost delete nothing is missing but the event. */
const OPERATIONS: Readonly<Record<ChangeEventHeader["changeType"], Operation>> = {
  CREATE: "create",
  UPDATE: "update",
  DELETE: "delete",
  UNDELETE: "create",
  GAP_CREATE: "gap",
  GAP_UPDATE: "gap",
  GAP_DELETE: "delete",
  GAP_UNDELETE: "gap",
  GAP_OVERFLOW: "gap",
};
/** Stands in an overflow event, where the records are not named. */
const NO_RECORD = "000000000000000AAA";

/**
 * Salesforce change events exactly as the Streaming API sends them. An event that was merged over several records
 * becomes one change a record; only changed fields are there, a `null` among them was set to null. The position is the
 * commit time, the commit number and the number within the transaction.
 */
export const salesforceCdc: Connector = {
  name: "salesforce-cdc",
  system: "salesforce",
  decode(record) {
    const read = readObject(record.value);
    if ("left" in read) return read.left;
    const payload = read.object.payload;
    if (!isObject(payload) || !isObject(payload.ChangeEventHeader)) {
      const text = "not a change event of the Streaming API: /payload/ChangeEventHeader is not there";
      return rejected("decode", "unknown_envelope", text);
    }
    const header = readHeader(payload.ChangeEventHeader);
    if ("failing" in header) return rejectHeader(header.failing);
    return toChanges(header.header, payload, record);
  },
};

function toChanges(header: ChangeEventHeader, payload: Record<string, unknown>, record: SourceRecord): Decoded {
  const { ChangeEventHeader: _, ...sent } = payload;
  const failing = unstorable(sent, "/payload");
  if (failing.length > 0) return violates(failing);
  const ids = header.recordIds.filter((id) => id !== NO_RECORD);
  // An overflow names no record: the event is counted, and the entity has to be read again at its source.
  if (ids.length === 0) return IGNORED;
  const operation = OPERATIONS[header.changeType];
  const nulled = Object.fromEntries(header.nulledFields.map((name) => [name, null]));
  const shared = {
    system: "salesforce",
    entity: header.entityName,
    position: positionOf(header),
    commitTimeMs: Number(header.commitTimestamp),
    record: {
      topic: record.topic,
      partition: record.partition,
      offset: record.offset,
      timestampMs: record.timestampMs,
    },
  };
  const fields = operation === "gap" ? {} : { ...nulled, ...sent };
  const changes = ids.filter((id) => !id.endsWith("*")).map((key): Change => ({ ...shared, key, operation, fields }));
  const gaps = ids.filter((id) => id.endsWith("*")).map((id): WideGap => ({ ...shared, keyPrefix: id.slice(0, -1) }));
  return changesOf(changes, gaps);
}

function positionOf({ commitTimestamp, commitNumber, sequenceNumber }: ChangeEventHeader): string {
  return `${commitTimestamp.padStart(15, "0")}.${commitNumber.padStart(20, "0")}.${sequenceNumber.padStart(10, "0")}`;
}

/** Without ids nothing can be done, which is a reason of its own; everything else is a broken contract. */
function rejectHeader(failing: FailingField[]): Decoded {
  const ids = failing.find((field) => field.path.endsWith("/recordIds"));
  if (!ids) return violates(failing);
  return rejected("contract", "missing_key", "the event does not name the records it changed", failing);
}
