import { z } from "zod";
import type { Context } from "../context.ts";
import { defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import type { AuditFilter, StoredAuditEntry } from "./port.ts";

export type ListAuditInput = AuditFilter & { limit: number; cursor?: string | undefined };

const AuditCursor = defineCursor("audit", z.string().regex(/^\d{1,18}$/));

/** Who did what, newest first. */
export async function listAudit(
  context: Context,
  { limit, cursor, ...filter }: ListAuditInput,
): Promise<Page<StoredAuditEntry>> {
  requireRole(context.actor, "admin");
  const asOfMs = context.now();
  const beforeId = cursor === undefined ? null : BigInt(AuditCursor.decode(cursor));
  const entries = await context.auditTrail.list(filter, { beforeId, limit: limit + 1 });
  const items = entries.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && entries.length > limit ? AuditCursor.encode(String(last.id)) : null, asOfMs };
}
