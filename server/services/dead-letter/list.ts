import { z } from "zod";
import type { Context } from "../context.ts";
import { defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import type { DeadLetterFilter, StoredDeadLetter } from "../ports.ts";
import { requireRole } from "../require-role.ts";

export type ListDeadLettersInput = DeadLetterFilter & { limit: number; cursor?: string | undefined };

const Place = z.object({
  createdAtMs: z.int().min(0).max(8_640_000_000_000_000),
  topic: z.string().max(249),
  partition: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  offset: z.string().regex(/^\d{1,18}$/),
});
const DeadLetterCursor = defineCursor("dead-letters", Place);

/** Rejected records, the newest first. */
export async function listDeadLetters(context: Context, input: ListDeadLettersInput): Promise<Page<StoredDeadLetter>> {
  requireRole(context.actor, "admin");
  const { limit, cursor, ...filter } = input;
  const place = cursor === undefined ? null : DeadLetterCursor.decode(cursor);
  const after = place && { ...place, createdAt: new Date(place.createdAtMs), offset: BigInt(place.offset) };
  const asOfMs = context.now();
  const { deadLetters, more } = await context.deadLetters.list(filter, { after, limit });
  const last = deadLetters.at(-1);
  return { items: deadLetters, nextCursor: last && more ? cursorAfter(last) : null, asOfMs };
}

function cursorAfter({ record, createdAt }: StoredDeadLetter): string {
  const { topic, partition, offset } = record;
  return DeadLetterCursor.encode({ createdAtMs: createdAt.getTime(), topic, partition, offset: String(offset) });
}
