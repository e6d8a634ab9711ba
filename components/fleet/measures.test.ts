import { describe, expect, test } from "vitest";
import { en } from "@/components/messages/en.ts";
import { makeFormats, phrase } from "@/components/ui/formats.ts";
import { chartedMeasures, measureName, measureQuantities } from "./measures.ts";
import { sparkValues } from "./spark-values.ts";

const formats = makeFormats({ locale: "en-US", units: "us", timeZone: "UTC", messages: en });
const told = (name: string, value: number | boolean | number[] | string) =>
  measureQuantities(name, value, formats, en).map(phrase).join(" ");

describe("measures in words", () => {
  test("known measures have the reader's units, unknown ones keep their name and number", () => {
    expect(told("coolantC", 88)).toBe("190.4\u00a0°F");
    expect(told("cargoC", [3.9, -18])).toBe("39.0\u00a0°F −0.4\u00a0°F");
    expect(told("tyrePressure", 8.25)).toBe("8.25");
    expect(measureName("tyrePressure", en)).toBe("tyrePressure");
  });

  test("switches and events are words", () => {
    expect(told("ignition", false)).toBe("off");
    expect(told("doorOpen", true)).toBe("yes");
    expect(told("event", "harsh_braking")).toBe("harsh braking");
    expect(told("event", "")).toBe("–");
  });

  test("six measures at most are drawn, only those the vehicle reports, and its cargo before its battery", () => {
    const all = ["engineRpm", "batteryV", "cargoC", "speedKmh", "coolantC", "fuelPct", "oilPressureKpa", "ignition"];
    const measures = Object.fromEntries(all.map((name) => [name, { value: 1, time: "" }]));
    expect(chartedMeasures(measures)).toEqual([
      "speedKmh",
      "coolantC",
      "fuelPct",
      "oilPressureKpa",
      "cargoC",
      "engineRpm",
    ]);
    expect(chartedMeasures({})).toEqual([]);
  });
});

const MINUTE_MS = 60_000;

describe("the values of a sparkline", () => {
  const at = (ms: number, value: number) => ({ time: new Date(ms).toISOString(), value });

  test("the last reading of each part counts, and readings outside are left away", () => {
    expect(sparkValues([at(-1, 9), at(0, 1), at(5, 2), at(10, 3), at(40, 4), at(41, 9)], 0, 40, 4)).toEqual([
      2,
      3,
      expect.closeTo(3.5),
      4,
    ]);
  });

  test("a parked vehicle's reading every five minutes is one unbroken line, however young the tower is", () => {
    const every5Minutes = Array.from({ length: 4 }, (_, index) => at(index * 5 * MINUTE_MS, index));
    expect(sparkValues(every5Minutes, 0, 16 * MINUTE_MS, 48)).not.toContain(null);
  });

  test("only a long silence is a gap, and nothing is made up before the first reading", () => {
    const values = sparkValues(
      [at(5 * MINUTE_MS, 1), at(65 * MINUTE_MS, 2), at(75 * MINUTE_MS, 4)],
      0,
      80 * MINUTE_MS,
      8,
    );
    expect(values).toEqual([1, null, null, null, null, null, 2, 4]);
    expect(sparkValues([at(35 * MINUTE_MS, 1)], 0, 80 * MINUTE_MS, 8).slice(0, 3)).toEqual([null, null, null]);
  });

  test("a vehicle that fell silent ends where it was last heard, not at the edge", () => {
    expect(sparkValues([at(0, 1), at(5 * MINUTE_MS, 1)], 0, 60 * MINUTE_MS, 6).at(-1)).toBeNull();
  });
});
