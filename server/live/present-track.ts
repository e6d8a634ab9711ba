import type { Readings, Track } from "../contracts/vehicle.ts";
import { isoTime } from "../platform/clock.ts";
import type { ReadingsPage } from "../services/vehicle/readings.ts";
import type { VehicleSeries } from "../services/vehicle/series.ts";
import type { TrackPage } from "../services/vehicle/track.ts";

export function presentTrack({ vehicleId, points, nextCursor }: TrackPage): Track {
  return {
    vehicleId,
    points: points.map(({ timeMs, latitude, longitude, speedKmh }) => ({
      time: isoTime(timeMs),
      latitude,
      longitude,
      ...(speedKmh !== undefined && { speedKmh }),
    })),
    nextCursor,
  };
}

export function presentReadings({ vehicleId, readings, nextCursor }: ReadingsPage): Readings {
  return {
    vehicleId,
    readings: readings.map(({ timeMs, record, ...reading }) => ({
      time: isoTime(timeMs),
      ...reading,
      record: { offset: record.offset, timestamp: isoTime(record.timestampMs) },
    })),
    nextCursor,
  };
}

export function presentSeries({ vehicleId, series }: VehicleSeries) {
  const shown = Object.entries(series).map(([measure, readings]) => [
    measure,
    readings.map(({ timeMs, value }) => ({ time: isoTime(timeMs), value })),
  ]);
  return { vehicleId, series: Object.fromEntries(shown) as Record<string, { time: string; value: number }[]> };
}
