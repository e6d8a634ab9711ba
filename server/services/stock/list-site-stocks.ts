import type { SiteStock } from "../../contracts/stock.ts";
import { requirePresent } from "../as-of.ts";
import type { Context } from "../context.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import { requireComplete } from "./require-complete.ts";

/** How the stock of each site stands. There are few sites with stock: they come as one page. */
export async function listSiteStocks(
  context: Context,
  { asOf }: { asOf?: string | undefined },
): Promise<Page<SiteStock>> {
  requireRole(context.actor, "planner");
  requirePresent(asOf);
  requireComplete(context.inventory);
  return { items: context.inventory.sites(), nextCursor: null, asOfMs: context.now() };
}
