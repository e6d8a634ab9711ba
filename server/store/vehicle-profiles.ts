import type { VehicleProfile } from "../contracts/vehicle-profile.ts";
import type { VehicleProfileReader, VehicleProfileWriter } from "../services/vehicle-profile/port.ts";
import type { Db } from "./client.ts";

export function createVehicleProfileReader(db: Db): VehicleProfileReader {
  return {
    async of(vehicleIds) {
      const rows = await db.vehicleProfile.findMany({ where: { vehicleId: { in: [...vehicleIds] } } });
      return new Map(rows.map((row) => [row.vehicleId, toProfile(row)]));
    },
    async outOfService(limit) {
      const rows = await db.vehicleProfile.findMany({
        where: { outOfService: true },
        orderBy: { vehicleId: "asc" },
        take: limit,
      });
      return rows.map((row) => ({ vehicleId: row.vehicleId, ...toProfile(row) }));
    },
  };
}

/** The class of the advisory locks of profiles: the first profile of a vehicle has no row to lock. */
const LOCK_PROFILE = 4204;

export function createVehicleProfileWriter(db: Db): VehicleProfileWriter {
  return {
    async hold(vehicleId) {
      await db.$executeRaw`select pg_advisory_xact_lock(${LOCK_PROFILE}::int, hashtext(${vehicleId}))`;
      const row = await db.vehicleProfile.findUnique({ where: { vehicleId } });
      return row && toProfile(row);
    },
    async save(vehicleId, profile, updatedBy) {
      const data = { ...profile, updatedBy, updatedAt: new Date() };
      await db.vehicleProfile.upsert({ where: { vehicleId }, create: { vehicleId, ...data }, update: data });
    },
  };
}

const toProfile = (row: VehicleProfile): VehicleProfile => {
  const { driverName, driverPhone, carrierName, carrierPhone, outOfService, outOfServiceReason, version } = row;
  return { driverName, driverPhone, carrierName, carrierPhone, outOfService, outOfServiceReason, version };
};
