import type { ReplayEffect } from "../../contracts/dead-letter.ts";
import { type Change, rowName } from "../../domain/change.ts";
import { type ChangeImage, isDeleted, mergeChange } from "../../domain/change-image.ts";

/**
 * What these changes would do to the rows they name, by the same merge that the lane uses. `images` are the rows as they
 * are, by `rowName`; pure.
 */
export function effectsOf(
  changes: readonly Change[],
  images: ReadonlyMap<string, ChangeImage>,
  rowTitleOf: (change: Change) => string,
): ReplayEffect[] {
  return changes.map((change) => {
    const { system, entity, key } = change;
    const before = images.get(rowName(change)) ?? null;
    const { image: after, moved } = mergeChange(before, change);
    return {
      effect: moved ? effectOf(change, before, after) : "none",
      ...{ system, entity, key },
      rowTitle: rowTitleOf(change),
      changes: moved ? differences(before, after) : [],
    };
  });
}

function effectOf({ operation }: Change, before: ChangeImage | null, after: ChangeImage): ReplayEffect["effect"] {
  if (isDeleted(after) && !(before && isDeleted(before))) return "is_deleted";
  if (before && isDeleted(before) && !isDeleted(after)) return "returns";
  if (operation === "gap") return "goes_stale";
  return before ? "changes" : "appears";
}

function differences(before: ChangeImage | null, after: ChangeImage): ReplayEffect["changes"] {
  const names = new Set([...(before?.fields.keys() ?? []), ...after.fields.keys()]);
  return [...names].flatMap((field) => {
    const was = before?.fields.get(field)?.value;
    const is = after.fields.get(field)?.value;
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ field, before: was ?? null, after: is ?? null }];
  });
}
