import { z } from "zod";
import { RecordRef } from "./record-ref.ts";

const Time = z.iso.datetime({ precision: 3 });

export const TRIP_STATES = ["planned", "under_way", "completed", "cancelled"] as const;
export type TripState = (typeof TRIP_STATES)[number];

export const TripStop = z.object({
  sequence: z.number().int(),
  site: z.string(),
  kind: z.enum(["load", "unload", "transfer"]),
  plannedArrival: Time.nullable(),
  plannedDeparture: Time.nullable(),
  /** By the truck's own positions and the site's fence. */
  arrivedAt: Time.nullable(),
  departedAt: Time.nullable(),
  /** The readings that showed so: the first inside the fence, and the first outside again. */
  arrivalRecord: RecordRef.nullable(),
  departureRecord: RecordRef.nullable(),
  /** As the ERP was told. */
  reportedArrival: Time.nullable(),
  reportedDeparture: Time.nullable(),
  /** `null` once it has arrived, or while nothing can be said. */
  eta: z.object({ p50: Time, p90: Time }).nullable(),
  /** Actual or expected arrival after the planned one, minutes. */
  varianceMinutes: z.number().int().nullable(),
  deliveryIds: z.array(z.string()),
  /** Where the documents' times were read. */
  records: z.object({
    plannedArrival: RecordRef.nullable(),
    plannedDeparture: RecordRef.nullable(),
    reportedArrival: RecordRef.nullable(),
    reportedDeparture: RecordRef.nullable(),
  }),
});
export type TripStop = z.infer<typeof TripStop>;

export const Trip = z.object({
  id: z.string(),
  number: z.string(),
  vehicleId: z.string().nullable(),
  carrier: z.string().nullable(),
  state: z.enum(TRIP_STATES),
  service: z.enum(["on_time", "at_risk", "late", "critical", "none"]),
  stops: z.array(TripStop),
  /** Metres still to drive to the next stop, along roads; `null` when not known. */
  remainingM: z.number().nullable(),
  orderIds: z.array(z.string()),
  /** The newest record of its document, and the one that says the vehicle. */
  record: RecordRef.nullable(),
  vehicleRecord: RecordRef.nullable(),
  version: z.number().int(),
});
export type Trip = z.infer<typeof Trip>;

/** What a vehicle is about, within the vehicle's own answer. */
export const VehicleTrip = z.object({
  id: z.string(),
  number: z.string(),
  nextStop: TripStop.nullable(),
  service: Trip.shape.service,
});
export type VehicleTrip = z.infer<typeof VehicleTrip>;

const EtaErrors = z.object({
  samples: z.number().int(),
  /** Of the errors without their sign. */
  medianErrorMinutes: z.number().nullable(),
  meanAbsoluteErrorMinutes: z.number().nullable(),
  /** Share of arrivals not later than p90, 0 to 1. */
  p90Held: z.number().nullable(),
});

/** How good the estimates were, over the stops reached in the last days, by how long before they were made. */
export const EtaQuality = z.object({
  since: Time,
  overall: EtaErrors,
  horizons: z.array(
    EtaErrors.extend({
      /** Made so long before arrival: up to 1, 4, 12 or 48 hours. */
      hours: z.number(),
    }),
  ),
});
export type EtaQuality = z.infer<typeof EtaQuality>;
