import type { Contract } from "../../contracts/contract.ts";
import type { Context } from "../context.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";

/** What the tower reads of each source, in the order of the connectors. There are few, so it is one page. */
export async function listContracts(context: Context): Promise<Page<Contract>> {
  requireRole(context.actor, "planner");
  return { items: [...context.contracts.all], nextCursor: null, asOfMs: context.now() };
}
