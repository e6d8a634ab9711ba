import type { Outgoing, Send } from "../outgoing.ts";
import type { CrmEntity, CrmFields, createSalesforceLog } from "./salesforce-log.ts";
import type { createSapLog, UpdateForm } from "./sap-log.ts";
import type { SapRow, SapTable } from "./sap-tables.ts";

/** A row as its system has it at this moment; `isTold` once the log knows it. Nothing may change it before. */
export type SapRecord = { readonly table: SapTable; row: SapRow; isTold: boolean };
export type CrmRecord = { readonly entity: CrmEntity; readonly id: string; fields: CrmFields; isTold: boolean };

export const sapRecord = (table: SapTable, row: SapRow): SapRecord => ({ table, row, isTold: false });
export const crmRecord = (entity: CrmEntity, id: string, fields: CrmFields): CrmRecord => ({
  entity,
  id,
  fields,
  isTold: false,
});

export type Books = ReturnType<typeof createBooks>;

/** Writes rows into the logs of their systems and keeps them as they then are. */
export function createBooks(deps: {
  send: Send;
  sap: ReturnType<typeof createSapLog>;
  salesforce: ReturnType<typeof createSalesforceLog>;
}) {
  const { send, sap, salesforce } = deps;

  /** Rows from before the log began, as the full load of a new replication task tells them. */
  function load(records: readonly SapRecord[], timeMs: number): void {
    for (const record of records) {
      send(sap.refresh(record.table, record.row, timeMs));
      record.isTold = true;
    }
  }

  function insert(records: readonly SapRecord[], timeMs: number): void {
    for (const record of records) {
      send(sap.insert(record.table, record.row, timeMs));
      record.isTold = true;
    }
  }

  /** Made, not sent: a late one is sent after the next. */
  function change(record: SapRecord, set: SapRow, timeMs: number, form: UpdateForm = "partial"): Outgoing {
    const outgoing = sap.update(record.table, record.row, set, form, timeMs);
    record.row = { ...record.row, ...set };
    return outgoing;
  }

  function update(record: SapRecord, set: SapRow, timeMs: number, form: UpdateForm = "partial"): void {
    send(change(record, set, timeMs, form));
  }

  /** The rows are gone from the tables: the log has them as they were. */
  function remove(records: readonly SapRecord[], timeMs: number): void {
    for (const record of records) {
      send(sap.remove(record.table, record.row, timeMs));
      record.isTold = false;
    }
  }

  function createCrm(records: readonly CrmRecord[], timeMs: number, type: "CREATE" | "UNDELETE" = "CREATE"): void {
    for (const record of records) {
      const stamp = isoDateTime(timeMs);
      record.fields = { ...record.fields, CreatedDate: record.fields.CreatedDate ?? stamp, LastModifiedDate: stamp };
      send(salesforce(record.entity, type, [record.id], record.fields, timeMs));
      record.isTold = true;
    }
  }

  /** Made, not sent. */
  function changeCrm(record: CrmRecord, set: CrmFields, timeMs: number): Outgoing {
    const fields = { ...set, LastModifiedDate: isoDateTime(timeMs) };
    record.fields = { ...record.fields, ...fields };
    return salesforce(record.entity, "UPDATE", [record.id], fields, timeMs);
  }

  function updateCrm(record: CrmRecord, set: CrmFields, timeMs: number): void {
    send(changeCrm(record, set, timeMs));
  }

  /** Several records changed in one transaction come as one event. */
  function updateMerged(records: readonly CrmRecord[], set: CrmFields, timeMs: number): void {
    const fields = { ...set, LastModifiedDate: isoDateTime(timeMs) };
    const ids = records.map(({ id }) => id);
    for (const record of records) record.fields = { ...record.fields, ...fields };
    send(salesforce(records[0]!.entity, "UPDATE", ids, fields, timeMs));
  }

  /** Salesforce could not build the event: what has changed is not said. */
  function loseCrm({ entity, id }: CrmRecord, timeMs: number): void {
    send(salesforce(entity, "GAP_UPDATE", [id], {}, timeMs));
  }

  function removeCrm(records: readonly CrmRecord[], timeMs: number): void {
    for (const record of records) {
      send(salesforce(record.entity, "DELETE", [record.id], {}, timeMs));
      record.isTold = false;
    }
  }

  return { load, insert, change, update, remove, createCrm, changeCrm, updateCrm, updateMerged, loseCrm, removeCrm };
}

export const isoDateTime = (timeMs: number): string => new Date(timeMs).toISOString();
