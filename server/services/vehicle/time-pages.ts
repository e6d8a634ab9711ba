import { z } from "zod";
import type { Context } from "../context.ts";
import { defineCursor } from "../cursor.ts";
import { requireRole } from "../require-role.ts";
import { requireVehicle } from "./require-vehicle.ts";
import { type TimeRangeInput, timeRange } from "./time-range.ts";

export type TimePageInput = TimeRangeInput & { id: string; limit: number; cursor?: string | undefined };
export type TimePage<Item> = { items: Item[]; nextCursor: string | null };

/** Reads what a vehicle told between two times, ascending, at most `limit`. */
type Read<Item> = (context: Context, id: string, fromMs: number, toMs: number, limit: number) => Promise<Item[]>;

/**
 * Pages through what a vehicle told. The next page starts at `fromMs`, without the `skip` items of that very millisecond
 * that were already told. `toMs` is kept, so that paging through "the last two hours" does not run after a moving vehicle.
 */
export function createTimePages<Item extends { timeMs: number }>(list: string, read: Read<Item>) {
  const Cursor = defineCursor(list, z.object({ fromMs: z.int(), toMs: z.int(), skip: z.int().min(0).max(100_000) }));

  return async function getPage(context: Context, input: TimePageInput): Promise<TimePage<Item>> {
    requireRole(context.actor, "planner");
    const start = input.cursor === undefined ? null : Cursor.decode(input.cursor);
    const { fromMs, toMs } = timeRange(start ?? input, context.now());
    const skip = start?.skip ?? 0;
    await requireVehicle(context, input.id);

    const found = await read(context, input.id, fromMs, toMs, skip + input.limit + 1);
    const items = found.slice(skip, skip + input.limit);
    const last = items.at(-1);
    if (!last || found.length <= skip + input.limit) return { items, nextCursor: null };
    const told = found.slice(0, skip + input.limit).filter(({ timeMs }) => timeMs === last.timeMs).length;
    return { items, nextCursor: Cursor.encode({ fromMs: last.timeMs, toMs, skip: told }) };
  };
}
