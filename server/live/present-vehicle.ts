import type { VehicleState } from "../contracts/lane.ts";
import type { Motion, Vehicle } from "../contracts/vehicle.ts";
import { isoTime } from "../platform/clock.ts";
import type { KnownVehicle } from "../services/vehicle/known.ts";
import { OFFLINE_AFTER_MS } from "./fleet-columns.ts";
import { presentVehicleTrip } from "./present-trip.ts";

/** A vehicle as API and pages show it. Alerts are not followed yet, so none are claimed. */
export function presentVehicle(state: KnownVehicle, nowMs: number): Vehicle {
  const { topic, partition, offset, timestampMs } = state.record;
  return {
    id: state.id,
    motion: motionOf(state, nowMs),
    service: state.trip?.service ?? "none",
    position: presentPosition(state.position),
    measures: Object.fromEntries(
      Object.entries(state.measures).map(([name, { value, timeMs }]) => [name, { value, time: isoTime(timeMs) }]),
    ),
    trip: state.trip && presentVehicleTrip(state.trip),
    openAlerts: 0,
    profile: state.profile,
    record: { topic, partition, offset, timestamp: isoTime(timestampMs) },
  };
}

function motionOf({ moving, seenMs }: VehicleState, nowMs: number): Motion {
  return nowMs - seenMs > OFFLINE_AFTER_MS ? "offline" : moving;
}

function presentPosition(position: VehicleState["position"]): Vehicle["position"] {
  if (!position) return null;
  const { latitude, longitude, headingDeg, speedKmh, timeMs } = position;
  return {
    latitude,
    longitude,
    ...(headingDeg !== undefined && { headingDeg }),
    ...(speedKmh !== undefined && { speedKmh }),
    time: isoTime(timeMs),
  };
}
