import { requirePresent } from "../as-of.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { noSuchSite } from "./edit.ts";
import type { StoredSite } from "./port.ts";

export type GetSiteInput = { id: string; asOf?: string | undefined };

export async function getSite(context: Context, { id, asOf }: GetSiteInput): Promise<StoredSite> {
  requireRole(context.actor, "planner");
  requirePresent(asOf);
  const [site] = await context.sites.get([id]);
  if (!site) throw noSuchSite();
  return site;
}
