/** A row to insert: plain columns, and columns that are JSON text already. */
export type JsonRow = { columns: Record<string, unknown>; json: Record<string, string> };

/**
 * Rows as one JSON text for `jsonb_to_recordset`. Beside arrays of JSON texts for `unnest`, nothing is escaped twice,
 * which halves what the driver spends on a row.
 */
export function jsonRows<T>(items: readonly T[], toRow: (item: T) => JsonRow): string {
  return `[${items.map((item) => rowText(toRow(item))).join(",")}]`;
}

function rowText({ columns, json }: JsonRow): string {
  const texts = Object.entries(json).map(([name, text]) => `,${JSON.stringify(name)}:${text}`);
  return `${JSON.stringify(columns).slice(0, -1)}${texts.join("")}}`;
}
