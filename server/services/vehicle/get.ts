import type { VehicleState } from "../../contracts/lane.ts";
import { AppError } from "../../platform/errors.ts";
import { requirePresent } from "../as-of.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";

export type GetVehicleInput = { id: string; asOf?: string | undefined };

export async function getVehicle(context: Context, { id, asOf }: GetVehicleInput): Promise<VehicleState> {
  requireRole(context.actor, "planner");
  requirePresent(asOf);
  const [vehicle] = await context.telemetry.vehicles([id]);
  if (!vehicle) throw new AppError("not_found", "no such vehicle");
  return vehicle;
}
