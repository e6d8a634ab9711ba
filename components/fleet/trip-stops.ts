import type { Messages } from "@/components/messages/en.ts";
import type { Formats } from "@/components/ui/formats.ts";
import type { Level } from "@/components/ui/level.ts";
import type { Trip, TripStop } from "@/server/contracts/trip.ts";

const MINUTE_MS = 60_000;
const LATE_MINUTES = 30;
const CRITICAL_MINUTES = 120;

/** A time with what it was meant to be. `level` is how bad the difference is. */
export type TimePair = { planned: string | null; actual: string | null; isExpected: boolean; level: Level };

/** The first stop that is still to be reached, as the trip's own answer counts. */
export function nextStop(trip: Trip): number {
  const wasReached = ({ arrivedAt, reportedArrival, reportedDeparture }: TripStop) =>
    (arrivedAt ?? reportedArrival ?? reportedDeparture) !== null;
  return trip.stops.findLastIndex(wasReached) + 1;
}

/** Where a trip begins what counts is the departure, everywhere else the arrival. */
export function stopTimes(stop: TripStop, index: number, formats: Formats, nowMs: number): TimePair {
  const isDeparture = index === 0;
  const plannedAt = isDeparture ? (stop.plannedDeparture ?? stop.plannedArrival) : stop.plannedArrival;
  const actualAt = isDeparture ? (stop.departedAt ?? stop.reportedDeparture) : (stop.arrivedAt ?? stop.reportedArrival);
  const at = actualAt ?? (isDeparture ? null : (stop.eta?.p50 ?? null));
  const minutes = plannedAt && at ? (Date.parse(at) - Date.parse(plannedAt)) / MINUTE_MS : 0;
  return {
    planned: plannedAt && formats.time(plannedAt, nowMs),
    actual: at && formats.time(at, nowMs),
    isExpected: actualAt === null && at !== null,
    level: minutes > CRITICAL_MINUTES ? "critical" : minutes > LATE_MINUTES ? "high" : "normal",
  };
}

/** What stands under the times: how long it stayed, when it is there at the latest, or what only SAP says. */
export function stopNote(stop: TripStop, { trip }: Messages, formats: Formats, nowMs: number): string | null {
  const { arrivedAt, departedAt, eta, reportedArrival } = stop;
  if (arrivedAt && departedAt) return trip.dwell(formats.duration(Date.parse(departedAt) - Date.parse(arrivedAt)));
  if (arrivedAt) return trip.there(formats.duration(nowMs - Date.parse(arrivedAt)));
  if (reportedArrival) return trip.reported(formats.time(reportedArrival, nowMs));
  return eta && trip.p90(formats.time(eta.p90, nowMs));
}

/** What a screen reader is told of a stop's times, in one go. */
export function spokenTimes({ planned, actual, isExpected }: TimePair, isDeparture: boolean, { trip }: Messages) {
  const word = isExpected ? trip.expected : isDeparture ? trip.departed : trip.arrived;
  const words = [planned && trip.planned(planned), actual && word(actual)].filter((text) => text !== null);
  return words.length > 0 ? words.join(", ") : trip.unknown;
}
