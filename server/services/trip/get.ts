import type { Trip } from "../../contracts/trip.ts";
import { AppError } from "../../platform/errors.ts";
import { contextAsOf } from "../as-of.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { requireTrips } from "./require-trips.ts";

export type GetTripInput = { id: string; asOf?: string | undefined };

export async function getTrip(present: Context, { id, asOf }: GetTripInput): Promise<Trip> {
  requireRole(present.actor, "planner");
  const context = await contextAsOf(present, asOf, ["changes"]);
  requireTrips(context.trips);
  const trip = context.trips.get(id);
  if (!trip) throw new AppError("not_found", "no such trip, or it ended long ago");
  return trip;
}
