import { z } from "zod";
import { parsePositionId } from "../../domain/stock-projection/compose-position.ts";
import { AppError } from "../../platform/errors.ts";
import { contextAsOf } from "../as-of.ts";
import type { Context } from "../context.ts";
import { badCursor, defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import type { BalancedMovement } from "./port.ts";
import { requireComplete } from "./require-complete.ts";

export type ListMovementsInput = { id: string; limit: number; cursor?: string | undefined; asOf?: string | undefined };

const MovementCursor = defineCursor(
  "movements",
  z.object({ of: z.string().max(500), postedAtMs: z.number().int(), id: z.string().max(500) }),
);

/** The ledger of one material at one site, newest first, each movement with what was there after it. */
export async function listMovements(present: Context, input: ListMovementsInput): Promise<Page<BalancedMovement>> {
  requireRole(present.actor, "planner");
  const context = await contextAsOf(present, input.asOf, ["changes"]);
  requireComplete(context.inventory);
  const { id, limit, cursor } = input;
  if (!context.inventory.story(id)) throw new AppError("not_found", "no such material at this site");
  const before = cursor === undefined ? null : MovementCursor.decode(cursor);
  // A place belongs to the ledger of one position.
  if (before && before.of !== id) throw badCursor();
  const movements = await context.stock.movements(parsePositionId(id), { before, limit: limit + 1 });
  const items = movements.slice(0, limit);
  const last = items.at(-1);
  const more = last && movements.length > limit;
  return {
    items,
    nextCursor: more ? MovementCursor.encode({ of: id, postedAtMs: last.postedAtMs, id: last.id }) : null,
    asOfMs: context.now(),
  };
}
