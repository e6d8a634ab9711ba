import { READINGS_TOPIC } from "../../contracts/topics.ts";
import { isoTime } from "../../platform/clock.ts";
import type { Outgoing, Reading } from "../outgoing.ts";
import type { Random } from "../random.ts";
import { locate } from "../roads.ts";
import { MEASURES, type MeasureName, maskOf, PLACE } from "./measures.ts";
import { TANK_L, type Vehicle } from "./vehicle.ts";

const ALL = (1 << MEASURES.length) - 1;
const WITHOUT_CARGO = ALL & ~maskOf("cargoC");
/** What a device sends when its link to the engine is down. */
const TRACKER_ONLY = maskOf("latitude", "longitude", "accuracyM", "headingDeg", "speedKmh", "odometerM", "ignition");
const SINGLE: readonly MeasureName[] = ["coolantC", "fuelPct", "batteryV", "oilPressureKpa", "engineHours"];
const SCALES = MEASURES.map(({ decimals }) => 10 ** decimals);
const EVENTS = ["harsh_braking", "harsh_acceleration", "harsh_cornering"] as const;

/** Which measures the next reading has: nearly always all, at times the tracker's alone, at times a single one. */
export function chooseMask(vehicle: Vehicle): number {
  const roll = vehicle.random.next();
  if (roll < 0.01) return maskOf(vehicle.isReefer && roll < 0.003 ? "cargoC" : vehicle.random.pick(SINGLE));
  return roll < 0.05 ? TRACKER_ONLY : fullMask(vehicle);
}

export const fullMask = (vehicle: Vehicle): number => (vehicle.isReefer ? ALL : WITHOUT_CARGO);

/** What the devices of a vehicle say at its present moment. */
export function readDevices(vehicle: Vehicle, mask: number): Reading {
  const values = measure(vehicle);
  for (let place = 0; place < values.length; place++) {
    values[place] = Math.round(values[place]! * SCALES[place]!) / SCALES[place]!;
  }
  return {
    vehicle: vehicle.index,
    vehicleId: vehicle.id,
    timeMs: vehicle.timeMs,
    mask,
    values,
    readingId: vehicle.sendsReadingId ? `${vehicle.index.toString(36)}-${vehicle.timeMs.toString(36)}` : null,
    event: vehicle.speedMs > 8 && vehicle.random.chance(1 / 4000) ? vehicle.random.pick(EVENTS) : null,
  };
}

/** The record of `telematics.readings`. Written by hand: this is where a fast run spends its time. */
export function readingRecord(reading: Reading, timestampMs: number): Outgoing {
  const { vehicleId, readingId, event, mask, values } = reading;
  let json = `{"schema":"reading.v1","vehicleId":"${vehicleId}","time":"${isoTime(reading.timeMs)}","source":"canonical"`;
  if (readingId !== null) json += `,"readingId":"${readingId}"`;
  for (let place = 0; place < MEASURES.length; place++) {
    if (mask & (1 << place)) json += `,"${MEASURES[place]!.name}":${valueText(place, values[place]!)}`;
  }
  if (event !== null) json += `,"event":"${event}"`;
  const record = { topic: READINGS_TOPIC, key: vehicleId, value: `${json}}`, timestampMs };
  return { record, effect: { kind: "reading", reading } };
}

function valueText(place: number, value: number): string {
  if (place === PLACE.ignition) return value === 1 ? "true" : "false";
  return place === PLACE.cargoC ? `[${value}]` : String(value);
}

function measure(vehicle: Vehicle): Float64Array {
  const { random, speedMs, timeMs } = vehicle;
  const fix = locate(vehicle.place);
  const runs = timeMs < vehicle.engineOffMs;
  const values = new Float64Array(MEASURES.length);
  values[PLACE.latitude] = fix.latitude;
  values[PLACE.longitude] = fix.longitude;
  values[PLACE.accuracyM] = random.between(3, 9);
  values[PLACE.headingDeg] = Math.floor(fix.headingDeg);
  values[PLACE.speedKmh] = speedMs * 3.6;
  values[PLACE.odometerM] = vehicle.odometerM;
  values[PLACE.ignition] = runs ? 1 : 0;
  values[PLACE.engineHours] = vehicle.engineMs / 3_600_000;
  values[PLACE.engineRpm] = runs ? engineRpm(speedMs, random) : 0;
  values[PLACE.coolantC] = vehicle.coolantC + random.between(-0.6, 0.6);
  values[PLACE.oilPressureKpa] = runs ? 210 + Math.min(speedMs, 25) * 5 + random.between(-12, 12) : 0;
  values[PLACE.batteryV] = runs ? random.between(13.7, 14.1) : random.between(12.4, 12.7);
  values[PLACE.fuelPct] = (vehicle.fuelL / TANK_L) * 100;
  values[PLACE.fuelUsedL] = vehicle.fuelUsedL;
  values[PLACE.cargoC] = vehicle.cargoC;
  return values;
}

const engineRpm = (speedMs: number, random: Random): number =>
  speedMs < 1 ? random.between(620, 680) : 950 + Math.min(speedMs, 30) * 14 + random.between(-40, 40);
