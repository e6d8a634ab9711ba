import type { SiteStock } from "../../contracts/stock.ts";
import { contextAsOf } from "../as-of.ts";
import type { Context } from "../context.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import { requireComplete } from "./require-complete.ts";

/** How the stock of each site stands. There are few sites with stock: they come as one page. */
export async function listSiteStocks(
  present: Context,
  { asOf }: { asOf?: string | undefined },
): Promise<Page<SiteStock>> {
  requireRole(present.actor, "planner");
  const context = await contextAsOf(present, asOf, ["changes"]);
  requireComplete(context.inventory);
  return { items: context.inventory.sites(), nextCursor: null, asOfMs: context.now() };
}
