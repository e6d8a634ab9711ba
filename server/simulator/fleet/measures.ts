/** The measures of a reading in the order of its JSON, with the decimals a device sends. */
export const MEASURES = [
  { name: "latitude", decimals: 6 },
  { name: "longitude", decimals: 6 },
  { name: "accuracyM", decimals: 0 },
  { name: "headingDeg", decimals: 0 },
  { name: "speedKmh", decimals: 1 },
  { name: "odometerM", decimals: 0 },
  { name: "ignition", decimals: 0 },
  { name: "engineHours", decimals: 1 },
  { name: "engineRpm", decimals: 0 },
  { name: "coolantC", decimals: 1 },
  { name: "oilPressureKpa", decimals: 0 },
  { name: "batteryV", decimals: 2 },
  { name: "fuelPct", decimals: 1 },
  { name: "fuelUsedL", decimals: 1 },
  { name: "cargoC", decimals: 1 },
] as const;

export type MeasureName = (typeof MEASURES)[number]["name"];

/** Place of each measure in `MEASURES`; its bit in a mask is `1 << place`. */
export const PLACE = Object.fromEntries(MEASURES.map(({ name }, place) => [name, place])) as Record<
  MeasureName,
  number
>;

export const maskOf = (...names: MeasureName[]): number => names.reduce((mask, name) => mask | (1 << PLACE[name]), 0);

/** What the value of a measure looks like in JSON: only two are not plain numbers. */
export function toJsonValue(place: number, value: number): number | boolean | number[] {
  if (place === PLACE.ignition) return value === 1;
  return place === PLACE.cargoC ? [value] : value;
}
