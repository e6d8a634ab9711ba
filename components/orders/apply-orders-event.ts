import type { OrderPage, OrderSummary } from "@/server/contracts/order.ts";

/**
 * The pages with the newer of each order that stands on them. Rows keep their places; what left the picture leaves the
 * pages. Whether something else belongs there now, only the tower can say.
 */
export function applyOrdersEvent(
  pages: readonly OrderPage[],
  { changed, gone }: { changed: readonly OrderSummary[]; gone: readonly string[] },
): OrderPage[] {
  const newer = new Map(changed.map((order) => [order.id, order]));
  const left = new Set(gone);
  return pages.map((page) => {
    const touched = page.items.some(({ id }) => newer.has(id) || left.has(id));
    if (!touched) return page;
    const items = page.items
      .filter(({ id }) => !left.has(id))
      .map((order) => {
        const next = newer.get(order.id);
        return next && next.version >= order.version ? next : order;
      });
    return { ...page, items };
  });
}
