import { z } from "zod";
import type { Fence } from "../../contracts/fence.ts";
import { requirePresent } from "../as-of.ts";
import type { Context } from "../context.ts";
import { defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";

export type ListFencesInput = { limit: number; cursor?: string | undefined; asOf?: string | undefined };

const FenceCursor = defineCursor("fences", z.string().min(1).max(100));

/** The fences admins drew, by id. The circles of sites follow from the sites themselves. */
export async function listFences(context: Context, { limit, cursor, asOf }: ListFencesInput): Promise<Page<Fence>> {
  requireRole(context.actor, "planner");
  requirePresent(asOf);
  const asOfMs = context.now();
  const afterId = cursor === undefined ? null : FenceCursor.decode(cursor);
  const fences = await context.fences.list({ afterId, limit: limit + 1 });
  const items = fences.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && fences.length > limit ? FenceCursor.encode(last.id) : null, asOfMs };
}
