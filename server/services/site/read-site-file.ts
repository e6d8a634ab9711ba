import { CsvError, type Info, parse } from "csv-parse/sync";
import { SITE_COLUMNS, SITE_FILE_LINES_MAX, type SiteColumn } from "../../contracts/site-import.ts";
import { AppError } from "../../platform/errors.ts";

/** One line of a file of sites: the cells that are not empty, and what keeps the line from being read at all. */
export type SiteFileLine = { line: number; cells: Partial<Record<SiteColumn, string>>; fault: string | null };

const LINE_LENGTH_MAX = 10_000;

/** What spreadsheets would run as a formula goes out with this mark before it, and comes back without. */
const FORMULA = /^'(?=[=+\-@\t\r])/;

/**
 * Reads a file of sites as spreadsheets write it: with a head that names the columns in any order, divided by comma,
 * semicolon or tab. Throws `invalid_input` where it cannot be divided into lines and columns.
 */
export function readSiteFile(text: string): SiteFileLine[] {
  const [head, ...rest] = recordsOf(text);
  if (!head) throw unreadable("the file is empty");
  const columns = columnsOf(head.record);
  if (rest.length > SITE_FILE_LINES_MAX) throw unreadable(`the file has more than ${SITE_FILE_LINES_MAX} lines`);
  return rest.map(({ record, info }): SiteFileLine => {
    const line = info.lines;
    if (record.length !== columns.length)
      return { line, cells: {}, fault: `has ${record.length} cells, the head has ${columns.length}` };
    const cells = columns.map((column, index) => [column, cellOf(record[index]!)] as const);
    return { line, cells: Object.fromEntries(cells.filter(([, cell]) => cell !== "")), fault: null };
  });
}

type CsvRecord = { record: string[]; info: Info };

function recordsOf(text: string): CsvRecord[] {
  const delimiter = ["\t", ";"].find((mark) => (text.split(/\r?\n/, 1)[0] ?? "").includes(mark)) ?? ",";
  try {
    return parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LINE_LENGTH_MAX,
      // One more than are allowed, so that a file too long is told from one that just fits.
      to: SITE_FILE_LINES_MAX + 2,
    }) as unknown as CsvRecord[];
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(`the file is not CSV: ${error.message}`);
    throw error;
  }
}

const cellOf = (cell: string): string => cell.trim().replace(FORMULA, "");

function columnsOf(head: readonly string[]): SiteColumn[] {
  const names = head.map((name) => name.trim().toLowerCase());
  const unknown = names.filter((name) => !SITE_COLUMNS.includes(name as SiteColumn));
  if (unknown.length > 0)
    throw unreadable(`the head has unknown columns: ${unknown.join(", ")}. Known are ${SITE_COLUMNS.join(", ")}`);
  if (new Set(names).size < names.length) throw unreadable("the head names a column twice");
  if (!names.includes("site_id")) throw unreadable("the head has no column site_id");
  return names as SiteColumn[];
}

function unreadable(message: string): AppError {
  return new AppError("invalid_input", message.slice(0, 500), {
    fields: [{ path: "", message: message.slice(0, 500) }],
  });
}
