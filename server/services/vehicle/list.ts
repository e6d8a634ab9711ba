import { z } from "zod";
import type { FleetQuery } from "../../contracts/fleet.ts";
import { contextAsOf } from "../as-of.ts";
import type { Context } from "../context.ts";
import { badCursor, defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import type { KnownVehicle } from "./known.ts";

export type ListVehiclesInput = Omit<FleetQuery, "cursor"> & { cursor?: string | undefined; asOf?: string | undefined };

/** The place within the fleet belongs to one order of it, so the cursor carries the order. */
const VehicleCursor = defineCursor("vehicles", z.object({ sort: z.string(), at: z.string().max(500) }));

/** Vehicles by the live columns of the fleet, each with the newest value of every measure. */
export async function listVehicles(present: Context, input: ListVehiclesInput): Promise<Page<KnownVehicle>> {
  requireRole(present.actor, "planner");
  const context = await contextAsOf(present, input.asOf, ["readings", "changes"]);
  const { cursor, asOf: _, ...filters } = input;
  const asOfMs = context.now();
  const page = context.fleet.find({ ...filters, cursor: placeOf(cursor, filters.sort) });
  const [states, profiles] = await Promise.all([
    context.telemetry.vehicles(page.ids),
    context.vehicleProfiles.of(page.ids),
  ]);

  // The fleet's order is the answer's order; a vehicle known to one side only is left out until both know it.
  const known = states.map((state) => ({
    ...state,
    profile: profiles.get(state.id) ?? null,
    trip: context.trips.tripOfVehicle(state.id),
  }));
  const byId = new Map(known.map((vehicle) => [vehicle.id, vehicle]));
  const items = page.ids.flatMap((id) => byId.get(id) ?? []);
  const next = page.nextCursor;
  return { items, nextCursor: next && VehicleCursor.encode({ sort: filters.sort, at: next }), asOfMs };
}

function placeOf(cursor: string | undefined, sort: FleetQuery["sort"]): string | null {
  if (cursor === undefined) return null;
  const place = VehicleCursor.decode(cursor);
  if (place.sort !== sort) throw badCursor();
  return place.at;
}
