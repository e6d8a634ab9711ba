import { z } from "zod";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import type { SnapshotId, StoredChange } from "../ports.ts";
import { requireRole } from "../require-role.ts";

export type GetHistoryInput = SnapshotId & { limit: number; cursor?: string | undefined };

const HistoryCursor = defineCursor("history", z.string().regex(/^\d{1,18}$/));

/** Every change of one row, the newest arrival first; those that came too late to change the image say so. */
export async function getHistory(context: Context, input: GetHistoryInput): Promise<Page<StoredChange>> {
  requireRole(context.actor, "planner");
  const { limit, cursor, system, entity, key } = input;
  const beforeId = cursor === undefined ? null : BigInt(HistoryCursor.decode(cursor));
  const asOfMs = context.now();
  const changes = await context.snapshots.changes({ system, entity, key }, { beforeId, limit: limit + 1 });
  if (changes.length === 0 && beforeId === null) throw new AppError("not_found", "no such snapshot");
  const items = changes.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && changes.length > limit ? HistoryCursor.encode(String(last.id)) : null, asOfMs };
}
