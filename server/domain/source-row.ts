import type { ChangeRecord, RowId } from "./change.ts";

/**
 * One row of another system as the projections see it: its merged image. Values are JSON as the source sent them
 * (decimals and 64-bit integers are text); a field nobody ever set is absent.
 */
export type SourceRow = RowId & {
  fields: Readonly<Record<string, unknown>>;
  /** Source position that last set each field: the later of two is the greater text. */
  positions: Readonly<Record<string, string>>;
  deleted: boolean;
  /** The source lost changes of this row. */
  stale: boolean;
  /** The newest record of the row. */
  record: ChangeRecord;
};
