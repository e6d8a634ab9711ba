import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { type Cell, harmless } from "@/server/platform/csv.ts";

/** One column: its head, and what of an item stands in it. */
export type CsvColumn<Item> = { name: string; of(item: Item): Cell };

/**
 * A file of rows that is made while it is sent, page by page, so that its length does not matter. Text that a
 * spreadsheet would take for a formula is made harmless.
 */
export function csvResponse<Item>(
  fileName: string,
  columns: readonly CsvColumn<Item>[],
  pages: AsyncIterable<readonly Item[]>,
): Response {
  const rows = Readable.from(rowsOf(columns, pages), { objectMode: true }).pipe(stringify({ bom: true }));
  return new Response(Readable.toWeb(rows) as ReadableStream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${fileName}"`,
    },
  });
}

async function* rowsOf<Item>(columns: readonly CsvColumn<Item>[], pages: AsyncIterable<readonly Item[]>) {
  yield columns.map(({ name }) => name);
  for await (const page of pages) for (const item of page) yield columns.map((column) => harmless(column.of(item)));
}
