/** A label that wants to stand at `x` of its row: its widths in full and with the title alone, in pixels. */
export type LabelWish = { key: string; x: number; fullWidth: number; titleWidth: number };

export type LabelPlace = {
  key: string;
  side: "above" | "below";
  /** Left edge in pixels. */
  left: number;
  width: number;
  /** Which edge of the label stands at the point. */
  align: "start" | "middle" | "end";
  /** Only the title fits: the rest is in the list beside and in the record. */
  isShort: boolean;
};

/** Between two neighbours on one side. */
const GAP = 10;
/** How far a label begins before its point. */
const OVERHANG = 5;

const SIDES = ["above", "below"] as const;
const ALIGNS = ["start", "end", "middle"] as const;

/**
 * Places the labels of one lane above and below its line, by turns, so that no two of them meet and none leaves the
 * lane. From left to right each takes the first place that is free: on the other side than its neighbour first, in full
 * before the title alone. A label without any free place is left away; its point stays.
 */
export function placeLabels(wishes: readonly LabelWish[], { left, right }: { left: number; right: number }) {
  const placed: LabelPlace[] = [];
  let next: LabelPlace["side"] = "above";
  for (const wish of [...wishes].sort((a, b) => a.x - b.x)) {
    const place = firstFree(wish, next, placed, { left, right });
    if (!place) continue;
    placed.push(place);
    next = place.side === "above" ? "below" : "above";
  }
  return placed;
}

function firstFree(
  wish: LabelWish,
  first: LabelPlace["side"],
  placed: readonly LabelPlace[],
  bounds: { left: number; right: number },
): LabelPlace | null {
  const sides = [first, ...SIDES.filter((side) => side !== first)];
  for (const isShort of [false, true])
    for (const side of sides)
      for (const align of ALIGNS) {
        const width = isShort ? wish.titleWidth : wish.fullWidth;
        const left = leftOf(wish.x, width, align, bounds);
        const isInside = left >= bounds.left && left + width <= bounds.right;
        const meets = placed.some(
          (other) => other.side === side && left < other.left + other.width + GAP && other.left < left + width + GAP,
        );
        if (isInside && !meets) return { key: wish.key, side, left, width, align, isShort };
      }
  return null;
}

/** A point at the very end of the lane has no room for the overhang. */
function leftOf(x: number, width: number, align: LabelPlace["align"], bounds: { left: number; right: number }): number {
  if (align === "start") return Math.max(bounds.left, x - OVERHANG);
  if (align === "end") return Math.min(bounds.right, x + OVERHANG) - width;
  return x - width / 2;
}
