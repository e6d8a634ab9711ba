import { z } from "zod";
import type { StockHealth, StockPosition } from "../../contracts/stock.ts";
import { contextAsOf } from "../as-of.ts";
import type { Context } from "../context.ts";
import { badCursor, defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import type { PositionFilter, PositionSort } from "./inventory-index.ts";
import { requireComplete } from "./require-complete.ts";

export type ListPositionsInput = PositionFilter & {
  sort: PositionSort;
  limit: number;
  cursor?: string | undefined;
  asOf?: string | undefined;
};

/** With how many there are of each health, of all that fits but for the health. */
export type PositionsPage = Page<StockPosition> & { counts: Record<StockHealth, number> };

const PositionCursor = defineCursor(
  "positions",
  z.object({
    sort: z.string(),
    key: z.array(z.union([z.string().max(500), z.number()])).max(4),
    id: z.string().max(500),
  }),
);

export async function listPositions(present: Context, input: ListPositionsInput): Promise<PositionsPage> {
  requireRole(present.actor, "planner");
  const context = await contextAsOf(present, input.asOf, ["changes"]);
  requireComplete(context.inventory);
  const { sort, limit, cursor, asOf: _, ...filter } = input;
  const after = cursor === undefined ? null : PositionCursor.decode(cursor);
  // A place belongs to one order of the list.
  if (after && after.sort !== sort) throw badCursor();
  const { items, next, counts } = context.inventory.list(filter, { sort, after, limit });
  return { items, nextCursor: next && PositionCursor.encode({ sort, ...next }), counts, asOfMs: context.now() };
}
