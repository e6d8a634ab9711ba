import type { SnapshotChange } from "@/server/contracts/snapshot.ts";

type Fields = Readonly<Record<string, unknown>>;
export type FieldDifference = { field: string; before: unknown; after: unknown; isChanged: boolean };

/**
 * The row before and after one of its changes, in the source's own order whatever the order of arrival: a change that
 * carries the whole row begins anew, any other sets what it names.
 */
export function differencesAt(changes: readonly SnapshotChange[], position: string): FieldDifference[] {
  const inOrder = [...changes].sort((a, b) => (a.position < b.position ? -1 : a.position > b.position ? 1 : 0));
  let before: Fields = {};
  for (const change of inOrder) {
    const after = applied(before, change);
    if (change.position === position) return compare(before, after);
    before = after;
  }
  return [];
}

/** Names of the fields that a change moves; used where a change is named in a list. */
export function changedFields(changes: readonly SnapshotChange[], position: string): string[] {
  return differencesAt(changes, position)
    .filter(({ isChanged }) => isChanged)
    .map(({ field }) => field);
}

function applied(before: Fields, { operation, fields }: SnapshotChange): Fields {
  if (operation === "gap" || operation === "delete") return before;
  return operation === "update" ? { ...before, ...fields } : fields;
}

function compare(before: Fields, after: Fields): FieldDifference[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return names.map((field) => {
    const isChanged = JSON.stringify(before[field]) !== JSON.stringify(after[field]);
    return { field, before: before[field], after: after[field], isChanged };
  });
}
