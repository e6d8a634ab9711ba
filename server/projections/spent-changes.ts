import type { Change } from "../domain/change.ts";
import { type ChangeImage, mergeChange } from "../domain/change-image.ts";
import { fieldsSince } from "./field-history.ts";

export type OldChange = { id: bigint; change: Change };

/**
 * Which of a row's oldest changes nobody misses: what they said was said again or otherwise before `changes` ends, and the
 * others alone make the same image, and the same times at which something happened. So a history that forgets them answers
 * for every later moment as it did.
 */
export function spentChanges(changes: readonly OldChange[], timedFields: readonly string[]): bigint[] {
  const inOrder = [...changes].sort((a, b) => (a.change.position < b.change.position ? -1 : 1));
  let image: ChangeImage | null = null;
  for (const { change } of inOrder) image = mergeChange(image, change).image;
  if (!image) return [];
  const kept = new Set([image.position, image.wholeAt, image.writtenAt, image.deletedAt, image.gapAt]);
  for (const { position } of image.fields.values()) kept.add(position);
  const all = inOrder.map(({ change }) => change);
  for (const [field, { position }] of Object.entries(fieldsSince(all, timedFields))) {
    kept.add(position);
    const before = lastToSay(all, field, position);
    if (before) kept.add(before.position);
  }
  return inOrder.filter(({ change }) => !kept.has(change.position)).map(({ id }) => id);
}

/** The change before, which ended the value that a field had: without it, an older one would seem to go on. */
function lastToSay(changes: readonly Change[], field: string, before: string): Change | undefined {
  return changes.findLast(
    ({ position, fields, operation }) =>
      position < before && (Object.hasOwn(fields, field) || operation === "create" || operation === "read"),
  );
}
