import type { Change, ChangeRecord, RowId } from "../domain/change.ts";
import type { FieldSince } from "../domain/source-row.ts";

/** The fields whose value says that something happened: `rowFact` of one of them knows when. */
const TIMED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  "sap.VBAK": ["ERDAT"],
  "sap.VBEP": ["BMENG"],
  "sap.LIKP": ["ERDAT", "KOSTK", "WADAT_IST", "PODAT"],
  "sap.EKKO": ["AEDAT"],
  "salesforce.Order": ["Status"],
  "salesforce.Case": ["CaseNumber", "Status"],
};

export const timedFieldsOf = ({ system, entity }: RowId): readonly string[] => {
  const name = `${system}.${entity}`;
  return Object.hasOwn(TIMED_FIELDS, name) ? TIMED_FIELDS[name]! : [];
};

/** Whether a change of such a row may be of interest although it is late. */
export const isTimed = (row: RowId): boolean => timedFieldsOf(row).length > 0;

/** What one change says of the timed fields of its row. */
export type FieldChange = Pick<Change, "operation" | "position"> & {
  fields: Readonly<Record<string, unknown>>;
  record: ChangeRecord;
};

/**
 * Since which change each of the fields has held its value without a break. The changes are those of one row in the
 * source's order; as all of them are known, it does not matter in which they arrived.
 */
export function fieldsSince(changes: readonly FieldChange[], fields: readonly string[]): Record<string, FieldSince> {
  const since = new Map<string, { value: string; at: FieldSince }>();
  for (const { operation, position, fields: set, record } of changes) {
    const carriesRow = operation === "create" || operation === "read";
    for (const field of fields) {
      const value = Object.hasOwn(set, field) ? JSON.stringify(set[field]) : null;
      if (value === null) {
        if (carriesRow) since.delete(field);
      } else if (since.get(field)?.value !== value) since.set(field, { value, at: { position, record } });
    }
  }
  return Object.fromEntries([...since].map(([field, { at }]) => [field, at]));
}
