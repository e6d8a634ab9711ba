import type { Outgoing, RowChange } from "../outgoing.ts";
import { columnMask, kafkaKeyOf, keyOf, SAP_TABLES, type SapRow, type SapTable } from "./sap-tables.ts";

/** How much of a row an update carries: what the source logged is a setting of the replication task. */
export type UpdateForm = "partial" | "full";

/**
 * Writes SAP rows as Qlik Replicate sends them. Each change is made in the source's order, which is the order of these
 * calls; it may be sent later. `nextOrder` counts the changes of the whole world.
 */
export function createSapLog(nextOrder: () => number) {
  let changes = 0;

  function insert(table: SapTable, row: SapRow, timeMs: number): Outgoing {
    const columns = Object.keys(row);
    return write(table, "create", { key: row, data: row, before: null, changed: columns, fields: row }, timeMs);
  }

  /** A row of the full load, which has no place in the order of changes. */
  function refresh(table: SapTable, row: SapRow, timeMs: number): Outgoing {
    const headers = { ...LOAD_HEADERS };
    const change = rowChange(table, "read", row, row, null, 0);
    return envelope(table, row, { data: row, beforeData: null, headers }, change, timeMs);
  }

  /** `row` is the whole row as it was; the answer's effect tells what it becomes. */
  function update(table: SapTable, row: SapRow, set: SapRow, form: UpdateForm, timeMs: number): Outgoing {
    const changed = Object.keys(set);
    const after = { ...row, ...set };
    if (form === "full")
      return write(table, "update", { key: row, data: after, before: row, changed, fields: after }, timeMs);
    const data: Record<string, string> = { ...keyColumns(table, row), ...set };
    return write(table, "update", { key: row, data, before: null, changed, fields: data }, timeMs);
  }

  function remove(table: SapTable, row: SapRow, timeMs: number): Outgoing {
    return write(table, "delete", { key: row, data: null, before: row, changed: [], fields: row }, timeMs);
  }

  function write(
    table: SapTable,
    operation: "create" | "update" | "delete",
    content: Content,
    timeMs: number,
  ): Outgoing {
    changes += 1;
    const position = changeSequence(timeMs, changes);
    const headers = {
      operation: OPERATIONS[operation],
      changeSequence: position,
      timestamp: new Date(timeMs).toISOString().slice(0, -1),
      streamPosition: `00000000.${changes.toString(16).padStart(8, "0")}.00000001.0000.02.0000:154.${changes}.16`,
      transactionId: changes.toString(16).toUpperCase().padStart(32, "0"),
      changeMask: columnMask(table, content.changed),
      columnMask: columnMask(table, Object.keys(content.data ?? content.key)),
      transactionEventCounter: 1,
      transactionLastEvent: true,
    };
    const change = rowChange(table, operation, content.key, content.fields, position, nextOrder());
    return envelope(table, content.key, { data: content.data, beforeData: content.before, headers }, change, timeMs);
  }

  return { insert, refresh, update, remove };
}

type Content = { key: SapRow; data: SapRow | null; before: SapRow | null; changed: string[]; fields: SapRow };

const OPERATIONS = { create: "INSERT", update: "UPDATE", delete: "DELETE" } as const;
const LOAD_HEADERS = {
  operation: "REFRESH",
  changeSequence: "",
  timestamp: "",
  streamPosition: "",
  transactionId: "",
  changeMask: null,
  columnMask: null,
  transactionEventCounter: null,
  transactionLastEvent: null,
};

/** `YYYYMMDDHHmmSShh` and a counter of 19 digits: 35 digits that compare as text. */
function changeSequence(timeMs: number, counter: number): string {
  const digits = new Date(timeMs).toISOString().replace(/\D/g, "");
  return digits.slice(0, 16) + String(counter).padStart(19, "0");
}

function envelope(
  table: SapTable,
  key: SapRow,
  message: Record<string, unknown>,
  change: RowChange,
  timestampMs: number,
): Outgoing {
  const value = JSON.stringify({
    magic: "atMSG",
    type: "DT",
    headers: null,
    messageSchemaId: null,
    messageSchema: null,
    message,
  });
  const record = { topic: SAP_TABLES[table].topic, key: kafkaKeyOf(table, key), value, timestampMs };
  return { record, effect: { kind: "changes", changes: [change] } };
}

function rowChange(
  table: SapTable,
  operation: RowChange["operation"],
  key: SapRow,
  fields: SapRow,
  position: string | null,
  order: number,
): RowChange {
  return { system: "sap", entity: table, key: keyOf(table, key), operation, fields, position, order };
}

const keyColumns = (table: SapTable, row: SapRow): SapRow =>
  Object.fromEntries(SAP_TABLES[table].key.map((column) => [column, row[column]!]));
