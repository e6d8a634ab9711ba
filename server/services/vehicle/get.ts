import { AppError } from "../../platform/errors.ts";
import { contextAsOf } from "../as-of.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import type { KnownVehicle } from "./known.ts";

export type GetVehicleInput = { id: string; asOf?: string | undefined };

export async function getVehicle(present: Context, { id, asOf }: GetVehicleInput): Promise<KnownVehicle> {
  requireRole(present.actor, "planner");
  const context = await contextAsOf(present, asOf, ["readings", "changes"]);
  const [[vehicle], profiles] = await Promise.all([context.telemetry.vehicles([id]), context.vehicleProfiles.of([id])]);
  if (!vehicle) throw new AppError("not_found", "no such vehicle");
  return { ...vehicle, profile: profiles.get(id) ?? null, trip: context.trips.tripOfVehicle(id) };
}
