import type { Order } from "../../contracts/order.ts";
import { AppError } from "../../platform/errors.ts";
import { contextAsOf } from "../as-of.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";

export type GetOrderInput = { id: string; asOf?: string | undefined };

/** One order of any age. `movedTo` says under which id it is known since the ERP has it. */
export async function getOrder(
  present: Context,
  { id, asOf }: GetOrderInput,
): Promise<{ order: Order } | { movedTo: string }> {
  requireRole(present.actor, "planner");
  const context = await contextAsOf(present, asOf, ["changes"]);
  const found = await context.orders.read(id);
  if (!found) throw new AppError("not_found", "no such order");
  return found;
}
