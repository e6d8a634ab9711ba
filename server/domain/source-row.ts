import type { ChangeRecord, RowId } from "./change.ts";
import { type ChangeImage, isDeleted, isStale } from "./change-image.ts";

/** The change that brought a field to its value. */
export type FieldSince = { position: string; record: ChangeRecord };

/**
 * One row of another system as the projections see it: its merged image. Values are JSON as the source sent them
 * (decimals and 64-bit integers are text); a field nobody ever set is absent.
 */
export type SourceRow = RowId & {
  fields: Readonly<Record<string, unknown>>;
  /** Source position that last set each field: the later of two is the greater text. */
  positions: Readonly<Record<string, string>>;
  /**
   * Since which change some fields have held what they hold: sources also send what has not changed, so that the last
   * to set a field is not the one that something happened in. Only of the fields that folds ask for.
   */
  since?: Readonly<Record<string, FieldSince>>;
  /** Newest change of the row. */
  position: string;
  deleted: boolean;
  /** The source lost changes of this row. */
  stale: boolean;
  /** The newest record of the row. */
  record: ChangeRecord;
};

export function toSourceRow({ system, entity, key }: RowId, image: ChangeImage): SourceRow {
  const fields = Object.fromEntries([...image.fields].map(([name, { value }]) => [name, value]));
  let positions: Record<string, string> | null = null;
  return {
    ...{ system, entity, key, fields },
    // Most folds ask for few positions or none, and a row has many fields.
    get positions() {
      positions ??= Object.fromEntries([...image.fields].map(([name, { position }]) => [name, position]));
      return positions;
    },
    position: image.position,
    deleted: isDeleted(image),
    stale: isStale(image),
    record: image.record,
  };
}
