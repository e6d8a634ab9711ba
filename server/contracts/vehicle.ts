import { z } from "zod";
import { RecordRef } from "./record-ref.ts";
import { VehicleTrip } from "./trip.ts";
import { VehicleProfile } from "./vehicle-profile.ts";

/** The order is the code on the wire: `u8 motion + 16 * service`. */
export const MOTIONS = ["moving", "idling", "stopped", "offline"] as const;
export type Motion = (typeof MOTIONS)[number];
export const SERVICES = ["on_time", "at_risk", "late", "critical", "none"] as const;
export type Service = (typeof SERVICES)[number];

const Time = z.iso.datetime({ precision: 3 });

export const Vehicle = z.object({
  id: z.string(),
  motion: z.enum(MOTIONS),
  service: z.enum(SERVICES),
  position: z
    .object({
      latitude: z.number(),
      longitude: z.number(),
      headingDeg: z.number().optional(),
      speedKmh: z.number().optional(),
      time: Time,
    })
    .nullable(),
  measures: z.record(
    z.string(),
    z.object({ value: z.union([z.number(), z.boolean(), z.array(z.number()), z.string()]), time: Time }),
  ),
  trip: VehicleTrip.nullable(),
  openAlerts: z.number().int(),
  /** What people wrote down of it; `null` while nobody has. */
  profile: VehicleProfile.nullable(),
  record: RecordRef,
});
export type Vehicle = z.infer<typeof Vehicle>;

export const TrackPoint = z.object({
  time: Time,
  latitude: z.number(),
  longitude: z.number(),
  speedKmh: z.number().optional(),
});
export type TrackPoint = z.infer<typeof TrackPoint>;

export const Track = z.object({
  vehicleId: z.string(),
  points: z.array(TrackPoint),
  nextCursor: z.string().nullable(),
});
export type Track = z.infer<typeof Track>;

/** Readings as they are kept: what each said, and where its record stands in the partition of its vehicle. */
export const Readings = z.object({
  vehicleId: z.string(),
  readings: z.array(
    z.object({
      time: Time,
      measures: z.record(z.string(), z.union([z.number(), z.boolean(), z.array(z.number())])),
      event: z.string().optional(),
      record: z.object({ offset: z.string(), timestamp: Time }),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type Readings = z.infer<typeof Readings>;
