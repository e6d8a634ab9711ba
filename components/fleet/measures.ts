import type { Messages } from "@/components/messages/en.ts";
import type { Formats, Quantity } from "@/components/ui/formats.ts";
import type { Vehicle } from "@/server/contracts/vehicle.ts";

type Value = Vehicle["measures"][string]["value"];
type Shown = (value: number, formats: Formats) => Quantity;

/** How each number of a reading is told. A measure that is not here keeps its name and its number. */
const NUMBERS: Record<string, Shown> = {
  speedKmh: (value, formats) => formats.speed(value),
  coolantC: (value, formats) => formats.temperature(value),
  cargoC: (value, formats) => formats.temperature(value),
  oilPressureKpa: (value, formats) => formats.pressure(value),
  fuelPct: (value, formats) => formats.percent(value),
  socPct: (value, formats) => formats.percent(value),
  fuelUsedL: (value, formats) => formats.volume(value),
  odometerM: (value, formats) => formats.distance(value),
  accuracyM: (value, formats) => formats.shortDistance(value),
  headingDeg: (value, formats) => formats.plain(value, 0, "°"),
  engineHours: (value, formats) => formats.plain(value, 1, "h"),
  engineRpm: (value, formats) => formats.plain(value, 0, "rpm"),
  batteryV: (value, formats) => formats.plain(value, 1, "V"),
};

/** Those that are worth a line over time, in the order of the detail. */
const CHARTED = ["speedKmh", "coolantC", "fuelPct", "socPct", "oilPressureKpa", "cargoC", "engineRpm", "batteryV"];

/** The change of each that fills the height of its line at least: less than this is how an engine hums. */
const SPREAD_MIN: Record<string, number> = {
  speedKmh: 30,
  coolantC: 8,
  fuelPct: 10,
  socPct: 10,
  oilPressureKpa: 100,
  engineRpm: 500,
  batteryV: 1.5,
  cargoC: 4,
};

export const spreadMin = (name: string): number => SPREAD_MIN[name] ?? 0;
const CHARTED_MAX = 6;

/** The measures to draw for a vehicle: the first six of the list that it reports. */
export function chartedMeasures(measures: Vehicle["measures"]): string[] {
  return CHARTED.filter((name) => name in measures).slice(0, CHARTED_MAX);
}

export function measureName(name: string, { measures }: Messages): string {
  return measures[name] ?? name;
}

/** One value in the units of the reader; a list becomes as many quantities. */
export function measureQuantities(name: string, value: Value, formats: Formats, text: Messages): Quantity[] {
  if (Array.isArray(value)) return value.map((each) => numberOf(name, each, formats));
  if (typeof value === "number") return [numberOf(name, value, formats)];
  if (typeof value === "boolean") return [{ value: switchWord(name, value, text), unit: "" }];
  return [{ value: value.replaceAll("_", " ") || text.missing, unit: "" }];
}

function numberOf(name: string, value: number, formats: Formats): Quantity {
  const shown = NUMBERS[name];
  return shown ? shown(value, formats) : formats.plain(value, Number.isInteger(value) ? 0 : 2, "");
}

function switchWord(name: string, value: boolean, { measures, missing }: Messages): string {
  const word = name === "ignition" ? (value ? "on" : "off") : value ? "yes" : "no";
  return measures[word] ?? missing;
}
