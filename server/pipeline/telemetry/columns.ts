import { CARGO_COMPARTMENTS_MAX, MEASURES, type Measure } from "../../contracts/measures.ts";

/** One stored value: a measure, or one compartment of a measure that is a list. The position is its bit and its slot. */
export type Column = { measure: Measure; item: number };

export const COLUMNS: readonly Column[] = MEASURES.flatMap((measure) => {
  const items = measure.kind === "list" ? CARGO_COMPARTMENTS_MAX : 1;
  return Array.from({ length: items }, (_, item) => ({ measure, item }));
});

/** Values a reading, and a vehicle, has room for. */
export const STRIDE = COLUMNS.length;

const firstColumns = new Map(
  [...COLUMNS.entries()].filter(([, { item }]) => item === 0).map(([column, { measure }]) => [measure.name, column]),
);

/** The first column of a measure. */
export function columnOf(name: string): number {
  const column = firstColumns.get(name);
  if (column === undefined) throw new Error(`no measure is called ${name}`);
  return column;
}

export const LATITUDE = columnOf("latitude");
export const LONGITUDE = columnOf("longitude");
export const HEADING = columnOf("headingDeg");
export const SPEED = columnOf("speedKmh");
export const IGNITION = columnOf("ignition");
export const CARGO = columnOf("cargoC");

export const POSITION_MASK = (1 << LATITUDE) | (1 << LONGITUDE);

export const quantise = (value: number, scale: number): number => Math.round(value * scale);

/** The value as the contract states it, from the integer that is stored. */
export const toValue = (column: number, stored: number): number => stored / COLUMNS[column]!.measure.scale;
