import Big from "big.js";
import { noOutcomes, type OutcomeCounts } from "../../contracts/outcome.ts";
import type { LogRecord } from "./read-log.ts";

export type ChangesFold = {
  counts: OutcomeCounts;
  /** By `entity key`: the merged row, and whether it is deleted. */
  rows: Record<string, { fields: Record<string, unknown>; deleted: boolean }>;
  /** Sum of the movements by material, as exact decimals. */
  stock: Record<string, string>;
  rejected: Record<string, string>;
  changes: number;
};

type Change = { row: string; place: string; kind: "whole" | "part" | "delete"; fields: Record<string, unknown> };
type Row = {
  fields: Map<string, { place: string; value: unknown }>;
  places: Set<string>;
  newest: string;
  wholeAt: string;
  writtenAt: string;
  deletedAt: string;
};

const SAP_KINDS: Record<string, Change["kind"]> = { INSERT: "whole", UPDATE: "part", DELETE: "delete" };

/** What the changes in the log come to: rows by the newest place of each field, and stock as the sum of its ledger. */
export function foldChanges(records: readonly LogRecord[]): ChangesFold {
  const counts = noOutcomes();
  const rows = new Map<string, Row>();
  const stock = new Map<string, Big>();
  const rejected: ChangesFold["rejected"] = {};
  let changes = 0;
  for (const record of records) {
    counts.delivered += 1;
    const change = readOne(record);
    if (!change) {
      counts.rejected += 1;
      rejected[`${record.topic}~${record.partition}~${record.offset}`] = "not_json";
      continue;
    }
    const row = rows.get(change.row) ?? newRow();
    rows.set(change.row, row);
    const outcome = mergeOne(row, change);
    counts[outcome] += 1;
    if (outcome === "repeated") continue;
    changes += 1;
    if (record.topic === "sap.MATDOC") addMovement(stock, change.fields as Record<string, string>);
  }
  const entries = [...rows].map(([name, row]) => [name, plainly(row)]);
  const sums = [...stock].map(([material, sum]) => [material, sum.toFixed()]);
  return { counts, rows: Object.fromEntries(entries), stock: Object.fromEntries(sums), rejected, changes };
}

function readOne({ topic, value }: LogRecord): Change | null {
  try {
    const document = JSON.parse(value!.toString());
    return topic.startsWith("sap.") ? sapChange(topic, document.message) : orderChange(document.payload);
  } catch {
    return null;
  }
}

type SapMessage = { data: Record<string, string>; headers: { operation: string; changeSequence: string } };

function sapChange(topic: string, { data, headers }: SapMessage): Change {
  const columns = topic === "sap.LIKP" ? ["MANDT", "VBELN"] : ["MANDT", "MBLNR", "MJAHR", "ZEILE", "RECORD_TYPE"];
  const key = columns.map((column) => data[column]).join("|");
  const kind = SAP_KINDS[headers.operation]!;
  return { row: `${topic.slice(4)} ${key}`, place: headers.changeSequence, kind, fields: data };
}

type OrderEvent = { ChangeEventHeader: { recordIds: string[]; changeType: string; commitNumber: number } };

function orderChange({ ChangeEventHeader: header, ...fields }: OrderEvent): Change {
  const place = String(header.commitNumber).padStart(20, "0");
  return {
    row: `Order ${header.recordIds[0]}`,
    place,
    kind: header.changeType === "CREATE" ? "whole" : "part",
    fields,
  };
}

const newRow = (): Row => ({
  ...{ fields: new Map(), places: new Set() },
  ...{ newest: "", wholeAt: "", writtenAt: "", deletedAt: "" },
});

function mergeOne(row: Row, { place, kind, fields }: Change): "applied" | "late" | "repeated" {
  if (row.places.has(place)) return "repeated";
  row.places.add(place);
  const before = JSON.stringify(plainly(row));
  const isNewest = place > row.newest;
  if (isNewest) row.newest = place;
  if (kind === "delete" && place > row.deletedAt) row.deletedAt = place;
  if (kind !== "delete" && place > row.writtenAt) row.writtenAt = place;
  let hasSet = false;
  if (kind === "whole" && place > row.wholeAt) {
    row.wholeAt = place;
    for (const [name, field] of row.fields) if (field.place < place) row.fields.delete(name);
  }
  for (const [name, value] of Object.entries(fields)) {
    if (place < row.wholeAt || place < (row.fields.get(name)?.place ?? "")) continue;
    row.fields.set(name, { place, value });
    hasSet = true;
  }
  return isNewest || hasSet || JSON.stringify(plainly(row)) !== before ? "applied" : "late";
}

const plainly = (row: Row) => ({
  fields: Object.fromEntries([...row.fields].sort().map(([name, { value }]) => [name, value])),
  deleted: row.deletedAt > row.writtenAt,
});

function addMovement(stock: Map<string, Big>, { MATNR, MENGE, SHKZG }: Record<string, string>): void {
  const sum = stock.get(MATNR!) ?? new Big(0);
  stock.set(MATNR!, SHKZG === "S" ? sum.plus(MENGE!) : sum.minus(MENGE!));
}
