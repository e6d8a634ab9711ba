import { z } from "zod";
import { requirePresent } from "../as-of.ts";
import type { Context } from "../context.ts";
import { defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import type { StoredSite } from "./port.ts";

export type ListSitesInput = { limit: number; cursor?: string | undefined; asOf?: string | undefined };

const SiteCursor = defineCursor("sites", z.string().min(1).max(200));

export async function listSites(context: Context, { limit, cursor, asOf }: ListSitesInput): Promise<Page<StoredSite>> {
  requireRole(context.actor, "planner");
  requirePresent(asOf);
  const asOfMs = context.now();
  const afterId = cursor === undefined ? null : SiteCursor.decode(cursor);
  const sites = await context.sites.list({ afterId, limit: limit + 1 });
  const items = sites.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && sites.length > limit ? SiteCursor.encode(last.id) : null, asOfMs };
}
