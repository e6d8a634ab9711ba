import type { TrackReading } from "../../contracts/lane.ts";
import type { Context } from "../context.ts";
import { createTimePages, type TimePageInput } from "./time-pages.ts";

export type GetTrackInput = TimePageInput;
export type TrackPage = { vehicleId: string; points: TrackReading[]; nextCursor: string | null };

const pageOf = createTimePages("track", ({ telemetry }, id, fromMs, toMs, limit) =>
  telemetry.track(id, fromMs, toMs, limit),
);

/** Where a vehicle was, position by position as it told them. */
export async function getTrack(context: Context, input: GetTrackInput): Promise<TrackPage> {
  const { items, nextCursor } = await pageOf(context, input);
  return { vehicleId: input.id, points: items, nextCursor };
}
