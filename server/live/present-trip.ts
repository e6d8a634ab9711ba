import type { RecordRef } from "../contracts/record-ref.ts";
import type { Trip, TripStop, VehicleTrip } from "../contracts/trip.ts";
import type { FactRecord } from "../domain/business-object.ts";
import * as domain from "../domain/trip/compose-trip.ts";
import { isoTime } from "../platform/clock.ts";

const placeOf = (record: FactRecord | null): RecordRef | null =>
  record && {
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    timestamp: isoTime(record.timestampMs),
  };

const timeOf = (ms: number | null) => (ms === null ? null : isoTime(ms));

export function presentTrip(trip: domain.Trip, version: number): Trip {
  const { id, number, vehicleId, carrier, state, service, remainingM, orderIds, record } = trip;
  return {
    ...{ id, number, vehicleId, carrier, state, service, orderIds, version },
    stops: trip.stops.map(presentStop),
    remainingM: remainingM === null ? null : Math.round(remainingM),
    record: placeOf(record),
    vehicleRecord: placeOf(trip.vehicleRecord),
  };
}

function presentStop(stop: domain.TripStop, sequence: number): TripStop {
  const { site, kind, eta, deliveryIds, records } = stop;
  return {
    ...{ sequence, site, kind, deliveryIds },
    plannedArrival: timeOf(stop.plannedArrivalMs),
    plannedDeparture: timeOf(stop.plannedDepartureMs),
    arrivedAt: timeOf(stop.arrivedMs),
    departedAt: timeOf(stop.departedMs),
    reportedArrival: timeOf(stop.reportedArrivalMs),
    reportedDeparture: timeOf(stop.reportedDepartureMs),
    eta: eta && { p50: isoTime(eta.p50Ms), p90: isoTime(eta.p90Ms) },
    varianceMinutes: domain.varianceMinutes(stop),
    arrivalRecord: placeOf(stop.arrivalRecord),
    departureRecord: placeOf(stop.departureRecord),
    records: {
      plannedArrival: placeOf(records.plannedArrival),
      plannedDeparture: placeOf(records.plannedDeparture),
      reportedArrival: placeOf(records.reportedArrival),
      reportedDeparture: placeOf(records.reportedDeparture),
    },
  };
}

/** A trip as the vehicle's own answer tells it. */
export function presentVehicleTrip(trip: Trip): VehicleTrip {
  const reached = trip.stops.findLastIndex(
    ({ arrivedAt, reportedArrival, reportedDeparture }) => arrivedAt ?? reportedArrival ?? reportedDeparture,
  );
  return { id: trip.id, number: trip.number, nextStop: trip.stops[reached + 1] ?? null, service: trip.service };
}
