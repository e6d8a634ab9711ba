import type { FleetIndex } from "../contracts/fleet.ts";
import type { VehicleState } from "../contracts/lane.ts";

/** A fleet of these ids in this order, whatever is asked beyond a part of the id. */
export function fleetOf(ids: readonly string[]): FleetIndex {
  return {
    find: ({ text = "", cursor, limit }) => {
      const fitting = ids.filter((id) => id.toLowerCase().includes(text.toLowerCase()));
      const start = cursor === null ? 0 : Number(cursor);
      const end = start + limit;
      return {
        ids: fitting.slice(start, end),
        total: fitting.length,
        nextCursor: end < fitting.length ? String(end) : null,
      };
    },
    has: (id) => ids.includes(id),
    size: () => ids.length,
  };
}

export function aVehicle(over: Partial<VehicleState> = {}): VehicleState {
  const timeMs = Date.now() - 1_000;
  return {
    id: "T1",
    seenMs: timeMs,
    position: { latitude: 41.525, longitude: -88.0817, timeMs, headingDeg: 271, speedKmh: 88.5 },
    moving: "moving",
    measures: { coolantC: { value: 88, timeMs } },
    record: { topic: "telematics.readings", partition: 3, offset: "118", timestampMs: timeMs },
    ...over,
  };
}
