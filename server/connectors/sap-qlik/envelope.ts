import type { FailingField } from "../../contracts/dead-letter.ts";
import type { Operation } from "../../domain/change.ts";
import { type Decoded, IGNORED, isObject, rejected, violates } from "../connector.ts";

/** The inner message of the envelope with its contract checked. `path` is where it stands in the value. */
export type QlikMessage = {
  path: string;
  operation: Operation;
  /** The row: after the change, or for a delete as it was before. */
  row: Record<string, unknown>;
  rowPath: string;
  /** `null` for rows of a full load, which have no place in the source's order. */
  changeSequence: string | null;
  timestamp: string | null;
};

const OPERATIONS: Readonly<Record<string, Operation>> = {
  REFRESH: "read",
  INSERT: "create",
  UPDATE: "update",
  DELETE: "delete",
};
const CHANGE_SEQUENCE = /^\d{35}$/;
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z?$/;

/** Reads the whole envelope (`magic: atMSG`) as well as one reduced to its inner message. */
export function readMessage(value: Record<string, unknown>): { message: QlikMessage } | { left: Decoded } {
  const wrapped = isObject(value.message);
  const inner = isObject(value.message) ? value.message : value;
  const path = wrapped ? "/message" : "";
  if (value.type === "MD" || "tableStructure" in inner) return { left: IGNORED };
  if (!isObject(inner.headers)) {
    const text = "neither an atMSG envelope nor its inner message: there are no change headers";
    return { left: rejected("decode", "unknown_envelope", text) };
  }
  return checkMessage(inner, inner.headers, path);
}

function checkMessage(inner: Record<string, unknown>, headers: Record<string, unknown>, path: string) {
  const failing: FailingField[] = [];
  const operation = typeof headers.operation === "string" ? OPERATIONS[headers.operation] : undefined;
  if (!operation) {
    failing.push({ path: `${path}/headers/operation`, expected: "one of REFRESH, INSERT, UPDATE, DELETE" });
  }
  const changeSequence = present(headers.changeSequence);
  const mayLack = operation === "read" && changeSequence === null;
  if (!mayLack && !(typeof changeSequence === "string" && CHANGE_SEQUENCE.test(changeSequence))) {
    failing.push({ path: `${path}/headers/changeSequence`, expected: "35 digits" });
  }
  const timestamp = present(headers.timestamp);
  if (timestamp !== null && !isTimestamp(timestamp)) {
    failing.push({ path: `${path}/headers/timestamp`, expected: "a UTC time like 2026-08-19T14:30:01.000" });
  }
  const rowName = operation === "delete" && !isObject(inner.data) ? "beforeData" : "data";
  const row = inner[rowName];
  if (!isObject(row)) failing.push({ path: `${path}/${rowName}`, expected: "the row as an object" });
  if (!operation || !isObject(row) || failing.length > 0) return { left: violates(failing) };
  const message: QlikMessage = {
    path,
    operation,
    row,
    rowPath: `${path}/${rowName}`,
    changeSequence: changeSequence as string | null,
    timestamp: timestamp as string | null,
  };
  return { message };
}

/** A full load leaves its headers empty. */
const present = (value: unknown): unknown => (value === undefined || value === "" ? null : value);

const isTimestamp = (value: unknown): boolean =>
  typeof value === "string" && TIMESTAMP.test(value) && !Number.isNaN(Date.parse(value));
