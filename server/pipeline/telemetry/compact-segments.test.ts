import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeHistory } from "./chunk.ts";
import { LATITUDE, STRIDE } from "./columns.ts";
import { compactSegments } from "./compact-segments.ts";
import { decodeNumbers, encodeNumbers, skipNumbers } from "./number-column.ts";
import { ReadingRows } from "./reading-rows.ts";
import { encodeSegment } from "./segment.ts";

type Row = {
  vehicle: number;
  timeMs: number;
  offset: number;
  lagMs: number;
  identity: number;
  event: number;
  values: Map<number, number>;
};

const START_MS = Date.UTC(2026, 7, 19);
const aValue = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const aRow: fc.Arbitrary<Row> = fc.record({
  vehicle: fc.integer({ min: 0, max: 400 }),
  // Mostly of this quarter hour, some of other days.
  timeMs: fc.oneof(fc.integer({ min: 0, max: 900_000 }), fc.integer({ min: -1e10, max: 0 })).map((ms) => START_MS + ms),
  offset: fc.integer({ min: 0, max: 2 ** 50 }),
  lagMs: fc.integer({ min: -300_000, max: 1e9 }),
  identity: aValue,
  event: fc.constantFrom(0, 1, 255),
  values: fc.array(fc.tuple(fc.integer({ min: 0, max: STRIDE - 1 }), aValue)).map((pairs) => new Map(pairs)),
});

function toRows(list: readonly Row[]): ReadingRows {
  const rows = new ReadingRows();
  for (const { vehicle, timeMs, offset, lagMs, identity, event, values } of list) {
    rows.reserve(1);
    const at = rows.count++;
    rows.vehicle[at] = vehicle;
    rows.timeMs[at] = timeMs;
    rows.offset[at] = offset;
    rows.recordedMs[at] = timeMs + lagMs;
    rows.identityA[at] = identity;
    rows.identityB[at] = ~identity;
    rows.event[at] = event;
    rows.outcome[at] = event % 2;
    rows.mask[at] = [...values.keys()].reduce((mask, column) => mask | (1 << column), 0);
    for (const [column, value] of values) rows.values[at * STRIDE + column] = value;
  }
  return rows;
}

/** Everything a row says, with the identity or without. */
function toTexts(rows: ReadingRows, withIdentity: boolean): string[] {
  return Array.from({ length: rows.count }, (_, row) => {
    const values = Array.from({ length: STRIDE }, (_each, column) =>
      rows.mask[row]! & (1 << column) ? rows.values[row * STRIDE + column] : "",
    );
    const single = [rows.vehicle, rows.timeMs, rows.offset, rows.recordedMs, rows.mask, rows.event, rows.outcome];
    const identity = withIdentity ? [rows.identityA[row], rows.identityB[row]] : [];
    return JSON.stringify([single.map((column) => column[row]), values, identity]);
  });
}

test("compacted, every reading of any segments is there once, to the bit, with its identity beside it", () => {
  fc.assert(
    fc.property(fc.array(fc.array(aRow, { minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 4 }), (lists) => {
      const all = lists.map(toRows);
      const parts = compactSegments(all.map((rows) => encodeSegment(rows, 0, [])!.data));
      const found = parts.flatMap(({ data, identities, firstVehicle, lastVehicle, rows, minTimeMs, maxTimeMs }) => {
        const chunk = decodeHistory(data).rows;
        const beside = decodeHistory(identities).rows;
        chunk.identityA.set(beside.identityA);
        chunk.identityB.set(beside.identityB);
        const vehicles = [...chunk.vehicle.subarray(0, chunk.count)];
        const times = [...chunk.timeMs.subarray(0, chunk.count)];
        expect([...beside.vehicle.subarray(0, beside.count)]).toEqual(vehicles);
        expect([vehicles[0], vehicles.at(-1), chunk.count]).toEqual([firstVehicle, lastVehicle, rows]);
        expect([Math.min(...times), Math.max(...times)]).toEqual([minTimeMs, maxTimeMs]);
        return toTexts(chunk, true);
      });
      expect(found.sort()).toEqual(all.flatMap((rows) => toTexts(rows, true)).sort());
    }),
    { numRuns: 60 },
  );
});

test("within a part a vehicle's readings rise in time, and of one time the log's order stays", () => {
  const list = [3, 1, 2, 1].map((second, offset) => ({
    vehicle: offset % 2,
    timeMs: START_MS + second * 1000,
    offset,
  }));
  const rows = toRows(list.map((row) => ({ ...row, lagMs: 0, identity: row.offset, event: 0, values: new Map() })));
  const [part] = compactSegments([encodeSegment(rows, 0, [])!.data]);
  const read = decodeHistory(part!.data).rows;
  expect([...read.offset.subarray(0, 4)]).toEqual([2, 0, 1, 3]);
});

test("a column that nobody asked for is skipped, whatever its form", () => {
  const list = Array.from({ length: 50 }, (_, at) => ({
    ...{ vehicle: at % 3, timeMs: START_MS + at * 1000, offset: at * 7, lagMs: 12, identity: at, event: 0 },
    values: new Map([
      [LATITUDE, 400_000_000 + at],
      [STRIDE - 1, at * at],
    ]),
  }));
  const [part] = compactSegments([encodeSegment(toRows(list), 0, [])!.data]);
  const read = decodeHistory(part!.data, { base: ["vehicle"], values: [STRIDE - 1] }).rows;
  const asked = Array.from({ length: 50 }, (_, row) => read.values[row * STRIDE + STRIDE - 1]);
  expect(asked.sort((a, b) => a! - b!)).toEqual(list.map((_, at) => at * at));
  expect(read.values[LATITUDE]).toBe(0);
});

test("numbers of any width up to 2^53 are exact, and what they have in common costs nothing", () => {
  const aNumber = fc.oneof(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.constantFrom(2 ** 52, 0, -1));
  fc.assert(
    fc.property(fc.array(aNumber), fc.constantFrom(1, 10, 1000), (numbers, step) => {
      const values = Float64Array.from(numbers.map((value) => Math.trunc(value / 1024) * step));
      const data = encodeNumbers(values, values.length);
      const read = new Float64Array(values.length);
      expect(decodeNumbers(data, 0, read)).toEqual({ count: values.length, next: data.length });
      expect(read.map((value) => value + 0)).toEqual(values.map((value) => value + 0));
      expect(skipNumbers(data, 0)).toBe(data.length);
    }),
  );
  const seconds = Float64Array.from([5000, 6000, 9000]);
  expect(encodeNumbers(seconds, 3).length).toBe(21 + 3);
});
