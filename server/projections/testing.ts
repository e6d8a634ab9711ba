import type { SourceRow } from "../domain/source-row.ts";

/** The order in which tests make rows, as change sequences of SAP. */
export const sapPosition = (n: number): string => `2026081914300100${String(n).padStart(19, "0")}`;

/** A row as its image shows it, every field set by the same change. */
export function aRow(entity: string, fields: Record<string, unknown>, over: Partial<SourceRow> = {}): SourceRow {
  const position = sapPosition(1);
  return {
    system: "sap",
    entity,
    key: JSON.stringify(fields).slice(0, 200),
    fields,
    positions: Object.fromEntries(Object.keys(fields).map((name) => [name, position])),
    position,
    deleted: false,
    stale: false,
    record: { topic: `sap.${entity}`, partition: 0, offset: 7n, timestampMs: Date.parse("2026-08-19T14:30:02Z") },
    ...over,
  };
}
