import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { requireVehicle } from "./require-vehicle.ts";
import { type TimeRangeInput, timeRange } from "./time-range.ts";

export type GetSeriesInput = TimeRangeInput & { id: string; measures: readonly string[]; pointsMax: number };
export type VehicleSeries = {
  vehicleId: string;
  series: Record<string, { timeMs: number; value: number }[]>;
};

/** Readings of some measures over time, thinned for a chart. A measure that was never read has an empty list. */
export async function getSeries(context: Context, input: GetSeriesInput): Promise<VehicleSeries> {
  requireRole(context.actor, "planner");
  const { fromMs, toMs } = timeRange(input, context.now());
  await requireVehicle(context, input.id);
  const found = new Map(
    Object.entries(await context.telemetry.series(input.id, input.measures, fromMs, toMs, input.pointsMax)),
  );
  const series = Object.fromEntries(input.measures.map((measure) => [measure, found.get(measure) ?? []]));
  return { vehicleId: input.id, series };
}
