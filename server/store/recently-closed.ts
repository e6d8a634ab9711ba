import type { BusinessKind } from "../domain/business-object.ts";
import type { Db } from "./client.ts";

/** Ids of a kind's objects that were closed and changed since, the newest first. */
export async function recentlyClosed(db: Db, kind: BusinessKind, sinceMs: number, limit: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id from business_object
    where kind = ${kind} and is_closed and updated_at >= ${new Date(sinceMs)}
    order by updated_at desc limit ${limit}`;
  return rows.map(({ id }) => id);
}
