import type { Day, RowFact } from "../domain/sales-order.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { rowFact } from "./fields.ts";

/** Before every change: the position of rows that came with a full load. */
const LOAD_POSITION = /^0{16}/;

/** What a field says happened; of a loaded row the time of the load says nothing of when that was. */
export function changeFact(row: SourceRow, field: string, day: Day | null): RowFact {
  const fact = rowFact(row, field, day);
  const position = Object.hasOwn(row.positions, field) ? row.positions[field]! : "";
  return LOAD_POSITION.test(position) ? { ...fact, isLoaded: true } : fact;
}
