import { z } from "zod";
import type { TrackReading } from "../../contracts/lane.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { defineCursor } from "../cursor.ts";
import { requireRole } from "../require-role.ts";
import { type TimeRangeInput, timeRange } from "./time-range.ts";

export type GetTrackInput = TimeRangeInput & { id: string; limit: number; cursor?: string | undefined };
export type TrackPage = { vehicleId: string; points: TrackReading[]; nextCursor: string | null };

/**
 * Where the next page starts: at `fromMs`, without the `skip` readings of that very millisecond that were already told.
 * `toMs` is kept, so that paging through "the last two hours" does not run after a moving vehicle.
 */
const TrackCursor = defineCursor(
  "track",
  z.object({ fromMs: z.int(), toMs: z.int(), skip: z.int().min(0).max(100_000) }),
);

export async function getTrack(context: Context, input: GetTrackInput): Promise<TrackPage> {
  requireRole(context.actor, "planner");
  const start = input.cursor === undefined ? null : TrackCursor.decode(input.cursor);
  const { fromMs, toMs } = timeRange(start ?? input, context.now());
  const skip = start?.skip ?? 0;
  await requireVehicle(context, input.id);

  const readings = await context.telemetry.track(input.id, fromMs, toMs, skip + input.limit + 1);
  const points = readings.slice(skip, skip + input.limit);
  const last = points.at(-1);
  if (!last || readings.length <= skip + input.limit) return { vehicleId: input.id, points, nextCursor: null };
  const told = readings.slice(0, skip + input.limit).filter((reading) => reading.timeMs === last.timeMs).length;
  return { vehicleId: input.id, points, nextCursor: TrackCursor.encode({ fromMs: last.timeMs, toMs, skip: told }) };
}

export async function requireVehicle(context: Context, id: string): Promise<void> {
  if (context.fleet.has(id)) return;
  const [vehicle] = await context.telemetry.vehicles([id]);
  if (!vehicle) throw new AppError("not_found", "no such vehicle");
}
