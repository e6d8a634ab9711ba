import { z } from "zod";
import type { OrderRisk, OrderSummary } from "../../contracts/order.ts";
import { AppError } from "../../platform/errors.ts";
import { contextAsOf } from "../as-of.ts";
import type { Context } from "../context.ts";
import { badCursor, defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import type { OrderFilter, OrderSort } from "./port.ts";

export type ListOrdersInput = OrderFilter & {
  sort: OrderSort;
  limit: number;
  cursor?: string | undefined;
  asOf?: string | undefined;
};

/** With how many there are of each risk, of all that fits but for the risk. */
export type OrdersPage = Page<OrderSummary> & { counts: Record<OrderRisk, number> };

const OrderCursor = defineCursor(
  "orders",
  z.object({
    sort: z.string(),
    key: z.array(z.union([z.string().max(500), z.number()])).max(4),
    id: z.string().max(500),
  }),
);

/** Orders that are open or ended lately, each with what it risks now. */
export async function listOrders(present: Context, input: ListOrdersInput): Promise<OrdersPage> {
  requireRole(present.actor, "planner");
  const context = await contextAsOf(present, input.asOf, ["changes"]);
  const { index } = context.orders;
  if (!index.isComplete()) throw new AppError("unavailable", "the orders are being read, try again in a moment");
  const { sort, limit, cursor, asOf: _, ...filter } = input;
  const after = cursor === undefined ? null : OrderCursor.decode(cursor);
  // A place belongs to one order of the list.
  if (after && after.sort !== sort) throw badCursor();
  const { items, next, counts } = index.find(filter, { sort, after, limit });
  return { items, nextCursor: next && OrderCursor.encode({ sort, ...next }), counts, asOfMs: context.now() };
}
