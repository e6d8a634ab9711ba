import type { VehicleProfile } from "../../contracts/vehicle-profile.ts";

export type StoredVehicleProfile = VehicleProfile & { vehicleId: string };

export type VehicleProfileReader = {
  /** The profiles of these vehicles, by id; one that nobody has said anything of is not in it. */
  of(vehicleIds: readonly string[]): Promise<Map<string, VehicleProfile>>;
  /** Vehicles out of service, by id. */
  outOfService(limit: number): Promise<StoredVehicleProfile[]>;
};

export type VehicleProfileWriter = {
  /** The profile as it is, held until the transaction ends; `null` where there is none. */
  hold(vehicleId: string): Promise<VehicleProfile | null>;
  /** Writes the whole profile. */
  save(vehicleId: string, profile: VehicleProfile, updatedBy: string): Promise<void>;
};
