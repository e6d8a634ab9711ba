import { isoTime } from "../platform/clock.ts";
import type { Page } from "../services/page.ts";

/** The one shape of every list. */
export function presentPage<Item, Shown>({ items, nextCursor, asOfMs }: Page<Item>, present: (item: Item) => Shown) {
  return { items: items.map(present), nextCursor, asOf: isoTime(asOfMs) };
}
