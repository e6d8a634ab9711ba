import type { VehicleState } from "../../contracts/lane.ts";
import { CARGO_COMPARTMENTS_MAX, MEASURES, type Measure } from "../../contracts/measures.ts";
import { columnOf, HEADING, LATITUDE, LONGITUDE, SPEED, STRIDE, toValue } from "./columns.ts";
import type { VehicleColumns } from "./vehicle-columns.ts";

const MOVING = ["moving", "idling", "stopped"] as const;
const IN_POSITION: ReadonlySet<string> = new Set(["latitude", "longitude"]);

/** The present of one vehicle in words, for whoever asks about it alone. */
export function vehicleState(
  vehicles: VehicleColumns,
  vehicle: number,
  id: string,
  place: { topic: string; partition: number },
): VehicleState {
  const { newestMs, recordOffset, recordedMs } = vehicles.columns;
  return {
    id,
    seenMs: newestMs[vehicle]!,
    position: positionOf(vehicles, vehicle),
    moving: MOVING[vehicles.motion(vehicle)],
    measures: measuresOf(vehicles, vehicle),
    record: { ...place, offset: String(recordOffset[vehicle]), timestampMs: recordedMs[vehicle]! },
  };
}

function positionOf(vehicles: VehicleColumns, vehicle: number): VehicleState["position"] {
  if (!vehicles.hasPosition(vehicle)) return null;
  const headingDeg = read(vehicles, vehicle, HEADING);
  const speedKmh = read(vehicles, vehicle, SPEED);
  return {
    latitude: read(vehicles, vehicle, LATITUDE)!,
    longitude: read(vehicles, vehicle, LONGITUDE)!,
    timeMs: vehicles.positionTimeMs(vehicle),
    ...(headingDeg === undefined ? {} : { headingDeg }),
    ...(speedKmh === undefined ? {} : { speedKmh }),
  };
}

function measuresOf(vehicles: VehicleColumns, vehicle: number): VehicleState["measures"] {
  const measures: VehicleState["measures"] = {};
  for (const measure of MEASURES) {
    if (IN_POSITION.has(measure.name)) continue;
    const column = columnOf(measure.name);
    const value = measureValue(vehicles, vehicle, measure, column);
    if (value === undefined) continue;
    measures[measure.name] = { value, timeMs: vehicles.columns.timesMs[vehicle * STRIDE + column]! };
  }
  return measures;
}

function measureValue(vehicles: VehicleColumns, vehicle: number, measure: Measure, column: number) {
  if (measure.kind === "number") return read(vehicles, vehicle, column);
  if (measure.kind === "boolean") {
    const value = read(vehicles, vehicle, column);
    return value === undefined ? undefined : value === 1;
  }
  return listOf(vehicles, vehicle, column);
}

/** A list is newest as a whole: every reading of it fills its first compartment, so the others count only from the same time. */
function listOf(vehicles: VehicleColumns, vehicle: number, column: number): number[] | undefined {
  const { timesMs } = vehicles.columns;
  const items: number[] = [];
  for (let item = 0; item < CARGO_COMPARTMENTS_MAX; item++) {
    const at = vehicle * STRIDE + column;
    const value = timesMs[at + item] === timesMs[at] ? read(vehicles, vehicle, column + item) : undefined;
    if (value === undefined) break;
    items.push(value);
  }
  return items.length === 0 ? undefined : items;
}

function read(vehicles: VehicleColumns, vehicle: number, column: number): number | undefined {
  const isKnown = (vehicles.columns.known[vehicle]! & (1 << column)) !== 0;
  return isKnown ? toValue(column, vehicles.columns.values[vehicle * STRIDE + column]!) : undefined;
}
