/** What stands in one cell of a CSV file. */
export type Cell = string | number | null;

/** A quote before it keeps a spreadsheet from computing what somebody else has written. A number stays a number. */
export function harmless(cell: Cell): Cell {
  return typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;
}
