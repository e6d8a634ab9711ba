import type { VehicleState } from "../../contracts/lane.ts";
import type { VehicleProfile } from "../../contracts/vehicle-profile.ts";

/** A vehicle as its readings and the people who work with it make it known. */
export type KnownVehicle = VehicleState & { profile: VehicleProfile | null };
