/**
 * The measures of reading.v1. Each is kept as an integer at its declared resolution (`scale` steps per unit), so that
 * state, history and replay agree to the bit. `min` and `max` are inclusive bounds of the contract.
 */
export type Measure = {
  name: string;
  kind: "number" | "boolean" | "list";
  unit: string;
  scale: number;
  min: number;
  max: number;
};

const aNumber = (name: string, unit: string, scale: number, min: number, max: number): Measure => ({
  name,
  kind: "number",
  unit,
  scale,
  min,
  max,
});

export const CARGO_COMPARTMENTS_MAX = 4;

export const MEASURES: readonly Measure[] = [
  aNumber("latitude", "°", 1e7, -90, 90),
  aNumber("longitude", "°", 1e7, -180, 180),
  aNumber("accuracyM", "m", 10, 0, 1e6),
  aNumber("headingDeg", "°", 10, 0, 360),
  aNumber("speedKmh", "km/h", 10, 0, 400),
  aNumber("odometerM", "m", 1, 0, 2_147_483_647),
  { name: "ignition", kind: "boolean", unit: "", scale: 1, min: 0, max: 1 },
  aNumber("engineHours", "h", 10, 0, 2e8),
  aNumber("engineRpm", "rpm", 1, 0, 20_000),
  aNumber("coolantC", "°C", 10, -80, 300),
  aNumber("oilPressureKpa", "kPa", 10, 0, 5_000),
  aNumber("batteryV", "V", 100, 0, 1_000),
  aNumber("fuelPct", "%", 10, 0, 100),
  aNumber("fuelUsedL", "L", 10, 0, 2e8),
  aNumber("socPct", "%", 10, 0, 100),
  { name: "cargoC", kind: "list", unit: "°C", scale: 10, min: -100, max: 200 },
];

/** Known events of a reading; the position is the code that is stored. The first stands for "no event". */
export const READING_EVENTS = [
  "",
  "harsh_braking",
  "harsh_acceleration",
  "harsh_cornering",
  "speeding",
  "door_open",
  "door_close",
  "panic",
] as const;
export const OTHER_EVENT = 255;

/** Longest vehicle id, in bytes of UTF-8. */
export const VEHICLE_ID_BYTES_MAX = 64;
/** A reading whose time lies further past its record's Kafka timestamp is rejected. */
export const FUTURE_MS_MAX = 5 * 60_000;
