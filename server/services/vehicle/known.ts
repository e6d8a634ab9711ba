import type { VehicleState } from "../../contracts/lane.ts";
import type { Trip } from "../../contracts/trip.ts";
import type { VehicleProfile } from "../../contracts/vehicle-profile.ts";

/** A vehicle as its readings, its trip and the people who work with it make it known. */
export type KnownVehicle = VehicleState & { profile: VehicleProfile | null; trip: Trip | null };
