import { z } from "zod";
import type { Context } from "../context.ts";
import { defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import type { StoredApiKey } from "./port.ts";

export type ListApiKeysInput = { limit: number; cursor?: string | undefined };

const KeyCursor = defineCursor("api-keys", z.uuid());

/** All keys for programs, those that are over too, newest first. */
export async function listApiKeys(context: Context, { limit, cursor }: ListApiKeysInput): Promise<Page<StoredApiKey>> {
  requireRole(context.actor, "admin");
  const asOfMs = context.now();
  const beforeId = cursor === undefined ? null : KeyCursor.decode(cursor);
  const keys = await context.apiKeys.list({ beforeId, limit: limit + 1 });
  const items = keys.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && keys.length > limit ? KeyCursor.encode(last.id) : null, asOfMs };
}
