import { keyOf, SAP_TABLES, type SapTable } from "../documents/sap-tables.ts";

/** A record of the log as it is read back, and what it says of a row. Positions of one entity compare as text. */
export type LoggedRecord = { topic: string; value: string; timestampMs: number };
export type ToldChange = {
  entity: string;
  key: string;
  position: string;
  isDelete: boolean;
  fields: Readonly<Record<string, unknown>>;
};

const POSITION_LENGTH = 35;
const isTable = (name: string): name is SapTable => Object.hasOwn(SAP_TABLES, name);

/** Reads what this world writes. A record that was broken on its way says nothing. */
export function toldChanges({ topic, value }: LoggedRecord): ToldChange[] {
  const [system, name = ""] = topic.split(".");
  try {
    if (system === "sap" && isTable(name)) return sapChange(name, JSON.parse(value));
    return system === "salesforce" ? crmChanges(name.replace("ChangeEvent", ""), JSON.parse(value), value) : [];
  } catch {
    return [];
  }
}

type QlikMessage = {
  data: Record<string, string> | null;
  beforeData: Record<string, string> | null;
  headers: { operation: string; changeSequence: string };
};

/** Rows of a full load have no place in the order: any change is newer. */
function sapChange(table: SapTable, { message }: { message: QlikMessage }): ToldChange[] {
  const { data, beforeData, headers } = message;
  const fields = data ?? beforeData;
  if (!fields || SAP_TABLES[table].key.some((column) => typeof fields[column] !== "string")) return [];
  const isDelete = headers.operation === "DELETE";
  return [{ entity: table, key: keyOf(table, fields), position: headers.changeSequence, isDelete, fields }];
}

type CrmEvent = {
  payload: Record<string, unknown> & { ChangeEventHeader: { recordIds: string[]; changeType: string } };
};

/** The commit number is read from the text: it has more digits than a number holds. */
function crmChanges(entity: string, { payload }: CrmEvent, text: string): ToldChange[] {
  const { ChangeEventHeader: header, ...fields } = payload;
  const commitNumber = /"commitNumber":(\d+)/.exec(text)?.[1];
  if (commitNumber === undefined) return [];
  const position = commitNumber.padStart(POSITION_LENGTH, "0");
  const isDelete = header.changeType === "DELETE";
  return header.recordIds.map((key) => ({ entity, key, position, isDelete, fields }));
}
