import type { StoredReading } from "../../contracts/lane.ts";
import type { Context } from "../context.ts";
import { createTimePages, type TimePageInput } from "./time-pages.ts";

export type GetReadingsInput = TimePageInput;
export type ReadingsPage = { vehicleId: string; readings: StoredReading[]; nextCursor: string | null };

const pageOf = createTimePages("readings", ({ telemetry }, id, fromMs, toMs, limit) =>
  telemetry.readings(id, fromMs, toMs, limit),
);

/** Everything a vehicle told, reading by reading. */
export async function getReadings(context: Context, input: GetReadingsInput): Promise<ReadingsPage> {
  const { items, nextCursor } = await pageOf(context, input);
  return { vehicleId: input.id, readings: items, nextCursor };
}
