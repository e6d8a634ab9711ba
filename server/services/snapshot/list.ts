import { z } from "zod";
import type { Context } from "../context.ts";
import { defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import type { SnapshotRowView } from "./port.ts";
import { searchTextOf } from "./search-text.ts";

export type ListSnapshotsInput = {
  system?: string | undefined;
  entity?: string | undefined;
  q?: string | undefined;
  limit: number;
  cursor?: string | undefined;
};

const SnapshotCursor = defineCursor(
  "snapshots",
  z.object({
    updatedAtMs: z.int().min(0).max(8_640_000_000_000_000),
    system: z.string().max(100),
    entity: z.string().max(200),
    key: z.string().max(2_000),
  }),
);

/** Rows of other systems, the newest change first; with `q` those whose key begins like that, zeros in front or not. */
export async function listSnapshots(context: Context, input: ListSnapshotsInput): Promise<Page<SnapshotRowView>> {
  requireRole(context.actor, "planner");
  const { system, entity, q, limit, cursor } = input;
  const place = cursor === undefined ? null : SnapshotCursor.decode(cursor);
  const after = place && { ...place, updatedAt: new Date(place.updatedAtMs) };
  const asOfMs = context.now();
  const text = q === undefined ? null : searchTextOf(q);
  const rows = await context.snapshots.list({ system, entity, text }, { after, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? cursorAfter(last) : null, asOfMs };
}

function cursorAfter({ updatedAt, system, entity, key }: SnapshotRowView): string {
  return SnapshotCursor.encode({ updatedAtMs: updatedAt.getTime(), system, entity, key });
}
