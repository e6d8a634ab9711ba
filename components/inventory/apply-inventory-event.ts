import type { PositionPage, StockPosition } from "@/server/contracts/stock.ts";

type Told = { changed: readonly StockPosition[]; gone: readonly string[] };

/**
 * The pages with the newer of each position that stands on them. Rows keep their places; what left the picture leaves
 * the pages. Whether something else belongs there now, only the tower can say.
 */
export function applyInventoryEvent(pages: readonly PositionPage[], { changed, gone }: Told): PositionPage[] {
  const newer = new Map(changed.map((position) => [position.id, position]));
  const left = new Set(gone);
  return pages.map((page) => {
    if (!page.items.some(({ id }) => newer.has(id) || left.has(id))) return page;
    const items = page.items.flatMap((position) => {
      if (left.has(position.id)) return [];
      const next = newer.get(position.id);
      return next && next.version >= position.version ? next : position;
    });
    return { ...page, items };
  });
}
