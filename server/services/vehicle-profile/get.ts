import type { VehicleProfile } from "../../contracts/vehicle-profile.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { requireVehicle } from "../vehicle/require-vehicle.ts";

/** What nobody has said anything of. */
export const EMPTY_PROFILE: VehicleProfile = {
  driverName: null,
  driverPhone: null,
  carrierName: null,
  carrierPhone: null,
  outOfService: false,
  outOfServiceReason: null,
  version: 0,
};

export async function getVehicleProfile(context: Context, { id }: { id: string }): Promise<VehicleProfile> {
  requireRole(context.actor, "planner");
  await requireVehicle(context, id);
  return (await context.vehicleProfiles.of([id])).get(id) ?? EMPTY_PROFILE;
}
