import { z } from "zod";
import type { Trip, TripState } from "../../contracts/trip.ts";
import { contextAsOf } from "../as-of.ts";
import type { Context } from "../context.ts";
import { defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import { requireTrips } from "./require-trips.ts";

export type ListTripsInput = {
  vehicle?: string | undefined;
  states?: readonly TripState[] | undefined;
  site?: string | undefined;
  limit: number;
  cursor?: string | undefined;
  asOf?: string | undefined;
};

const TripCursor = defineCursor("trips", z.string().min(1).max(200));

/** Trips that are open or ended lately, by id. */
export async function listTrips(present: Context, input: ListTripsInput): Promise<Page<Trip>> {
  requireRole(present.actor, "planner");
  const context = await contextAsOf(present, input.asOf, ["changes"]);
  requireTrips(context.trips);
  const { vehicle, states, site, limit, cursor } = input;
  const after = cursor === undefined ? null : TripCursor.decode(cursor);
  const { trips, more } = context.trips.find({ vehicleId: vehicle, states, site, after, limit });
  const last = trips.at(-1);
  return { items: trips, nextCursor: last && more ? TripCursor.encode(last.id) : null, asOfMs: context.now() };
}
