import type { VehicleProfile, VehicleProfileInput } from "../../contracts/vehicle-profile.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { requireVersion } from "../site/edit.ts";
import { requireVehicle } from "../vehicle/require-vehicle.ts";
import { EMPTY_PROFILE } from "./get.ts";

export type SaveVehicleProfileInput = { id: string; profile: VehicleProfileInput };

/** Writes down who drives a vehicle, how to call them, and whether it is out of service. */
export async function saveVehicleProfile(
  context: Context,
  { id, profile }: SaveVehicleProfileInput,
): Promise<VehicleProfile> {
  requireRole(context.actor, "planner");
  await requireVehicle(context, id);
  const { id: actor } = context.actor;
  return context.transaction(async ({ vehicleProfiles, audit }) => {
    const before = (await vehicleProfiles.hold(id)) ?? EMPTY_PROFILE;
    requireVersion(before, profile.version, "profile");
    const after = { ...profile, version: before.version + 1 };
    await vehicleProfiles.save(id, after, actor);
    await audit({ actor, action: "vehicle_profile.save", subject: `vehicle:${id}`, ...changedBetween(before, after) });
    return after;
  });
}

function changedBetween(before: VehicleProfile, after: VehicleProfile) {
  const names = (Object.keys(after) as (keyof VehicleProfile)[]).filter(
    (name) => name !== "version" && before[name] !== after[name],
  );
  const of = (profile: VehicleProfile) => Object.fromEntries(names.map((name) => [name, profile[name]]));
  return { before: of(before), after: of(after) };
}
