import type { Change, ChangeRecord } from "./change.ts";

/** A field with the source position that last set it. */
export type ImageField = { value: unknown; position: string };

/** "Never": smaller than every position. */
export const NEVER = "";

/**
 * The merged image of a row. Each field is the newest that was ever set, by position; and the newest position of each
 * kind of change is kept. Every part only ever rises, which is why the order of arrival does not matter.
 */
export type ChangeImage = {
  fields: ReadonlyMap<string, ImageField>;
  /** Newest change that carried the whole row: what was set before it is gone. */
  wholeAt: string;
  /** Newest change that shows the row to exist. */
  writtenAt: string;
  deletedAt: string;
  gapAt: string;
  /** Newest change of all, and the record it came in. */
  position: string;
  record: ChangeRecord;
};

export const isDeleted = (image: ChangeImage): boolean => image.deletedAt > image.writtenAt;

/** A gap is healed by the whole row, not by a partial change after it. */
export const isStale = (image: ChangeImage): boolean => image.gapAt > image.wholeAt;

/**
 * Folds one change into an image (`null`: none yet). `moved` says whether the present changed: a change newer than the
 * image always moves it; an older one moves it when it sets a field that nothing newer has set, or when it deletes,
 * revives or marks the row. A change that does not move is late: it belongs to the history alone.
 */
export function mergeChange(image: ChangeImage | null, change: Change): { image: ChangeImage; moved: boolean } {
  const before = image ?? emptyImage(change);
  const { position, operation } = change;
  const carriesRow = operation === "create" || operation === "read";
  const wholeAt = carriesRow ? newest(before.wholeAt, position) : before.wholeAt;
  const { fields, fieldsMoved } = mergeFields(before, change, wholeAt);
  const newer = position > before.position;
  const merged: ChangeImage = {
    fields,
    wholeAt,
    writtenAt: operation === "delete" ? before.writtenAt : newest(before.writtenAt, position),
    deletedAt: operation === "delete" ? newest(before.deletedAt, position) : before.deletedAt,
    gapAt: operation === "gap" ? newest(before.gapAt, position) : before.gapAt,
    position: newer ? position : before.position,
    record: newer ? change.record : before.record,
  };
  const marked = isDeleted(merged) !== isDeleted(before) || isStale(merged) !== isStale(before);
  return { image: merged, moved: newer || fieldsMoved || marked };
}

function mergeFields(before: ChangeImage, change: Change, wholeAt: string) {
  const fields = new Map(before.fields);
  let fieldsMoved = false;
  if (wholeAt > before.wholeAt) {
    for (const [name, field] of before.fields) {
      if (field.position < wholeAt) fields.delete(name);
    }
    fieldsMoved = fields.size < before.fields.size;
  }
  for (const [name, value] of Object.entries(change.fields)) {
    if (change.position < wholeAt || change.position <= (fields.get(name)?.position ?? NEVER)) continue;
    fields.set(name, { value, position: change.position });
    fieldsMoved = true;
  }
  return { fields, fieldsMoved };
}

function emptyImage(change: Change): ChangeImage {
  return {
    fields: new Map(),
    wholeAt: NEVER,
    writtenAt: NEVER,
    deletedAt: NEVER,
    gapAt: NEVER,
    position: NEVER,
    record: change.record,
  };
}

const newest = (a: string, b: string): string => (b > a ? b : a);
