import type { Context } from "../context.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import type { DeadLetterGroupRow } from "./port.ts";

/** Open rejected records by reason and topic, the newest group first. One page: there are few reasons. */
export async function listDeadLetterGroups(context: Context): Promise<Page<DeadLetterGroupRow>> {
  requireRole(context.actor, "admin");
  const asOfMs = context.now();
  return { items: await context.deadLetters.groups(), nextCursor: null, asOfMs };
}
