import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MEASURES } from "../../contracts/measures.ts";
import { COLUMNS, columnOf, STRIDE } from "../../pipeline/telemetry/columns.ts";
import { IdTable } from "../../pipeline/telemetry/id-table.ts";
import { ReadingRows } from "../../pipeline/telemetry/reading-rows.ts";
import { readByContract } from "./reading-contract.ts";
import { ReadingScanner } from "./reading-scanner.ts";
import { CanonicalReadings } from "./readings.ts";

const NOW = Date.UTC(2026, 7, 19, 14, 30);
const LATEST = Number.POSITIVE_INFINITY;
const example =
  '{"schema":"reading.v1","vehicleId":"T1","time":"2026-08-19T14:30:01.250Z","source":"canonical","readingId":"r1","latitude":41.525,"longitude":-88.0817,"accuracyM":5,"headingDeg":271,"speedKmh":88.5,"odometerM":512345678,"ignition":true,"engineHours":5267.3,"engineRpm":1350,"coolantC":88,"oilPressureKpa":310,"batteryV":13.9,"fuelPct":61.2,"fuelUsedL":2568,"socPct":40,"cargoC":[3.9,-18,4,5],"event":"harsh_braking"}';

/** The row as plain data, so that two ways of reading can be compared. */
function rowOf(rows: ReadingRows) {
  const values = COLUMNS.map((_, column) => (rows.mask[0]! & (1 << column) ? rows.values[column]! + 0 : null));
  return {
    vehicle: ids.id(rows.vehicle[0]!),
    timeMs: rows.timeMs[0],
    identity: [rows.identityA[0], rows.identityB[0]],
    event: rows.event[0],
    values,
  };
}

// Shared by all comparisons: making tables anew for each of 60,000 documents would take longer than reading them.
const ids = new IdTable();

function scanned(text: string, scanner = new ReadingScanner()) {
  const rows = new ReadingRows(1);
  return scanner.scan(Buffer.from(text), LATEST, rows, ids) ? rowOf(rows) : null;
}

function parsed(text: string) {
  const rows = new ReadingRows(1);
  const result = readByContract(Buffer.from(text), LATEST, rows, ids);
  return "reason" in result ? result : rowOf(rows);
}

const read = (text: string, timestampMs = NOW) =>
  new CanonicalReadings().read(Buffer.from(text), timestampMs, new ReadingRows(1), new IdTable());
const aReading = (over: Record<string, unknown> = {}) =>
  JSON.stringify({ schema: "reading.v1", vehicleId: "T1", time: "2026-08-19T14:30:00.000Z", ...over });

test.each(["", '"speedKmh":1e1,'])("readings with an empty id are told apart by their content: %s", (number) => {
  const rows = new ReadingRows(2);
  const readings = new CanonicalReadings();
  for (const second of ["00", "01"]) {
    const text = `{"schema":"reading.v1",${number}"vehicleId":"T1","readingId":"","time":"2026-08-19T14:30:${second}.000Z"}`;
    expect(readings.read(Buffer.from(text), NOW, rows, ids)).toBeNull();
    rows.count += 1;
  }
  expect(readings.parsed).toBe(number === "" ? 0 : 2);
  expect([rows.identityA[0], rows.identityB[0]]).not.toEqual([rows.identityA[1], rows.identityB[1]]);
});

describe("the scanner and the contract agree", () => {
  test("on the documented reading, value for value", () => {
    const row = scanned(example);
    expect(row).toEqual(parsed(example));
    expect(row?.values[columnOf("latitude")]).toBe(415_250_000);
    expect(row?.values[columnOf("ignition")]).toBe(1);
    expect(row?.values[columnOf("cargoC") + 1]).toBe(-180);
    expect(row?.event).toBe(1);
  });

  test("on 60,000 documents of the contract, bent in random ways", () => {
    const scanner = new ReadingScanner();
    const random = mulberry(7);
    const tally = { accepted: 0, leftToJson: 0, rejected: 0 };
    for (let run = 0; run < 60_000; run++) {
      const text = bent(aDocument(random), random);
      const fast = scanned(text, scanner);
      const slow = parsed(text);
      if (fast && JSON.stringify(fast) !== JSON.stringify(slow))
        expect({ text, row: fast }).toEqual({ text, row: slow });
      if (fast) tally.accepted += 1;
      else if ("reason" in slow) tally.rejected += 1;
      else tally.leftToJson += 1;
    }
    // The test would prove nothing if one of the ways were hardly taken.
    expect(tally.accepted).toBeGreaterThan(20_000);
    expect(tally.rejected).toBeGreaterThan(5_000);
    expect(tally.leftToJson).toBeGreaterThan(100);
  }, 60_000);

  test("on any JSON value under a field that nobody knows, which never costs the fast way", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom("", " ", "\n\t"), (value, space) => {
        const text = `{${space}"schema":"reading.v1",${space}"extra"${space}:${space}${JSON.stringify(value)}${space},"vehicleId":"T1","time":"2026-08-19T14:30:00.000Z","speedKmh":50}`;
        expect(scanned(text)).toEqual(parsed(text));
        expect(scanned(text)).not.toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});

describe("reading.v1", () => {
  test("only schema, vehicle and time are required, and a single measure is normal", () => {
    expect(read(aReading())).toBeNull();
    expect(read(aReading({ coolantC: 88 }))).toBeNull();
  });

  test("white space between fields, as many producers write it, stays on the fast way", () => {
    const readings = new CanonicalReadings();
    const text = JSON.stringify(JSON.parse(example), null, 2);
    expect(readings.read(Buffer.from(text), NOW, new ReadingRows(1), new IdTable())).toBeNull();
    expect(readings.parsed).toBe(0);
  });

  test("fields that nobody knows are skipped and counted, on both ways", () => {
    const readings = new CanonicalReadings();
    const [rows, ids] = [new ReadingRows(1), new IdTable()];
    const extra = { driver: "x", tyres: [{ bar: 8.1 }], note: null };
    expect(readings.read(Buffer.from(aReading(extra)), NOW, rows, ids)).toBeNull();
    expect(readings.read(Buffer.from(aReading({ ...extra, readingId: "ä" })), NOW, rows, ids)).toBeNull();
    expect(readings).toMatchObject({ unknownFields: 6, parsed: 1 });
  });

  test.each([
    ["not_json", "{", []],
    ["not_json", "hello", []],
    ["unknown_envelope", "[1]", []],
    ["unknown_envelope", "null", []],
    ["unknown_envelope", aReading({ schema: "reading.v2" }), ["/schema"]],
    ["missing_key", aReading({ vehicleId: undefined }), ["/vehicleId"]],
    ["missing_key", aReading({ vehicleId: "" }), ["/vehicleId"]],
    ["contract_violation", aReading({ vehicleId: 7 }), ["/vehicleId"]],
    ["contract_violation", aReading({ vehicleId: "x".repeat(65) }), ["/vehicleId"]],
    ["contract_violation", aReading({ time: "2026-02-30T00:00:00.000Z" }), ["/time"]],
    ["contract_violation", aReading({ time: "2026-08-19T14:30:00Z" }), ["/time"]],
    ["contract_violation", aReading({ time: undefined, speedKmh: "fast" }), ["/time", "/speedKmh"]],
    ["contract_violation", aReading({ latitude: 91, longitude: 0 }), ["/latitude"]],
    ["contract_violation", aReading({ latitude: 45 }), ["/longitude"]],
    ["contract_violation", aReading({ cargoC: [1, 2, 3, 4, 5] }), ["/cargoC"]],
    ["contract_violation", aReading({ ignition: 1 }), ["/ignition"]],
    ["contract_violation", aReading({ fuelPct: 1e9 }), ["/fuelPct"]],
    ["time_in_future", aReading({ time: "2026-08-19T14:35:00.001Z" }), ["/time"]],
    ["empty_value", "", []],
    ["too_large", " ".repeat(1_000_001), []],
  ])("a record is rejected as %s with the fields that failed (%#)", (reason, text, paths) => {
    const rejection = read(text);
    expect(rejection).toMatchObject({ reason });
    expect(rejection?.fields.map(({ path }) => path)).toEqual(paths);
  });

  test("a time of up to five minutes past the record is accepted", () => {
    expect(read(aReading({ time: "2026-08-19T14:35:00.000Z" }))).toBeNull();
  });

  test("a record that carries no timestamp has no future to lie in", () => {
    expect(read(aReading({ time: "2099-01-01T00:00:00.000Z" }), -1)).toBeNull();
  });

  test("a reading with an id is named by source and id, one without by its whole content", () => {
    const identity = (over: Record<string, unknown>) => scanned(aReading(over))?.identity;
    expect(identity({ source: "a", readingId: "1", speedKmh: 1 })).toEqual(
      identity({ readingId: "1", source: "a", speedKmh: 2 }),
    );
    expect(identity({ source: "a", readingId: "b1" })).not.toEqual(identity({ source: "ab", readingId: "1" }));
    expect(identity({ speedKmh: 1 })).not.toEqual(identity({ speedKmh: 2 }));
  });
});

// ------------------------------------------------------------------ documents

function mulberry(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

function aDocument(random: (below: number) => number): string {
  const document: Record<string, unknown> = {
    schema: "reading.v1",
    vehicleId: `T${random(100)}`,
    time: new Date(1.7e12 + random(1e9) * 100).toISOString(),
  };
  if (random(4)) document.source = ["canonical", "x", ""][random(3)];
  if (random(4)) document.readingId = `r${random(1e6)}`;
  for (const { name, kind, min, max } of MEASURES) {
    const isPair = name === "longitude" && random(20) > 0;
    if (isPair ? document.latitude === undefined : random(3) === 0) continue;
    const item = () => Number((min + (max - min) * (random(1e9) / 1e9) * (random(200) ? 1 : 1.3)).toFixed(random(9)));
    if (kind === "boolean") document[name] = random(2) === 1;
    else document[name] = kind === "list" ? Array.from({ length: random(5) }, item) : item();
  }
  if (random(8) === 0) document.event = ["panic", "other", 'a"b', "é"][random(4)];
  if (random(10) === 0)
    document[["extra", "éxtra", "__proto__x"][random(3)]!] = [1, 'a\\"b', { deep: [null] }][random(3)];
  if (random(40) === 0) delete document[["schema", "vehicleId", "time"][random(3)]!];
  const keys = Object.keys(document);
  if (random(3) === 0) keys.sort(() => random(3) - 1);
  const colon = random(5) ? ":" : " : ";
  return `{${keys.map((key) => `${JSON.stringify(key)}${colon}${JSON.stringify(document[key])}`).join(",")}}`;
}

/** Puts in, takes out or doubles a few characters, most of them at a bad place. */
function bent(text: string, random: (below: number) => number): string {
  const characters = ["0", "9", ".", "-", "e", '"', ",", "}", "]", " ", ":", "\\", "x", "Z", "\n", "ü"];
  let result = text;
  for (let bends = random(3) ? 0 : 1 + random(2); bends > 0; bends--) {
    const at = random(result.length);
    const character = characters[random(characters.length)]!;
    const rest = result.slice(at + random(2));
    result = random(2) ? result.slice(0, at) + character + rest : result.slice(0, at) + rest;
  }
  return result;
}

test("a row has a place for every compartment", () => {
  expect(STRIDE).toBe(MEASURES.length - 1 + 4);
});
