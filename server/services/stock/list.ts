import { z } from "zod";
import type { Stock } from "../../contracts/stock.ts";
import { contextAsOf } from "../as-of.ts";
import type { Context } from "../context.ts";
import { defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import { requireComplete } from "./require-complete.ts";

export type ListStockInput = {
  /** In its internal form or as people write it. */
  material?: string | undefined;
  site?: string | undefined;
  limit: number;
  cursor?: string | undefined;
  asOf?: string | undefined;
};

const StockCursor = defineCursor("stock", z.string().min(1).max(500));

/** Counted stock by storage location. */
export async function listStock(present: Context, input: ListStockInput): Promise<Page<Stock>> {
  requireRole(present.actor, "planner");
  const context = await contextAsOf(present, input.asOf, ["changes"]);
  requireComplete(context.inventory);
  const { material, site, limit, cursor } = input;
  const afterId = cursor === undefined ? null : StockCursor.decode(cursor);
  const levels = context.inventory.levels({ material, site }, { afterId, limit: limit + 1 });
  const last = levels[limit - 1];
  return {
    items: levels.slice(0, limit).map(({ stock }) => stock),
    nextCursor: last && levels.length > limit ? StockCursor.encode(last.id) : null,
    asOfMs: context.now(),
  };
}
