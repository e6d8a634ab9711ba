import type { SourceStatus } from "../../contracts/lane.ts";
import type { Context } from "../context.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";

/** Every subscribed topic with its connector, lag and counters, by topic. There are few, so it is one page. */
export async function listSources(context: Context): Promise<Page<SourceStatus>> {
  requireRole(context.actor, "planner");
  const items = context.lanes().flatMap((lane) => lane.sources);
  items.sort((a, b) => (a.topic < b.topic ? -1 : 1));
  return { items, nextCursor: null, asOfMs: context.now() };
}
