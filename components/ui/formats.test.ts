import { describe, expect, test } from "vitest";
import { en } from "@/components/messages/en.ts";
import { makeFormats, phrase } from "./formats.ts";

const us = makeFormats({ locale: "en-US", units: "us", timeZone: "America/Chicago", messages: en });
const metric = makeFormats({ locale: "de-DE", units: "metric", timeZone: "UTC", messages: en });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const now = Date.parse("2026-11-17T20:32:07.000Z");

describe("durations and ages", () => {
  test.each([
    [0, "0 s"],
    [59_999, "59 s"],
    [8 * MINUTE, "8 min"],
    [HOUR, "1 h"],
    [HOUR + 4 * MINUTE, "1 h 04 min"],
    [HOUR + 54 * MINUTE, "1 h 54 min"],
    [76 * HOUR, "3 d 4 h"],
    [72 * HOUR, "3 d"],
  ])("a duration of %d ms reads %s", (ms, words) => expect(us.duration(ms)).toBe(words));

  test.each([
    [3_400, "3 s"],
    [18 * MINUTE, "18 min"],
    [2 * HOUR + 41 * MINUTE, "2 h 41"],
    [2 * HOUR, "2 h 00"],
    [26 * HOUR, "1 d"],
    [-500, "0 s"],
  ])("an age of %d ms reads %s", (ms, words) => expect(us.age(ms)).toBe(words));

  test("a difference in a table carries its sign, with a true minus", () => {
    expect(us.difference(HOUR + 54 * MINUTE)).toBe("+1 h 54");
    expect(us.difference(-8 * MINUTE)).toBe("−8 min");
    expect(us.difference(0)).toBe("0 s");
  });

  test("a lag below two seconds keeps a decimal, a longer one does not", () => {
    expect(us.lag(812)).toBe("0.8 s");
    expect(metric.lag(812)).toBe("0,8 s");
    expect(us.lag(4_200)).toBe("4 s");
    expect(us.lag(6 * MINUTE)).toBe("6 min");
  });
});

describe("numbers", () => {
  test("a negative number has a true minus and never a hyphen", () => {
    expect(us.number(-1_234.5, 1)).toBe("−1,234.5");
    expect(metric.number(-1_234.5, 1)).toBe("−1.234,5");
  });

  test("what rounds to zero has no sign", () => expect(us.number(-0.4)).toBe("0"));

  test("what is missing is a dash and has no unit, and is never zero", () => {
    expect(us.number(undefined)).toBe("–");
    expect(us.speed(null)).toEqual({ value: "–", unit: "" });
    expect(us.duration(undefined)).toBe("–");
    expect(us.age(null)).toBe("–");
    expect(us.time("never", now)).toBe("–");
  });

  test("an offset is grouped as the string it is, beyond what a number can hold", () => {
    expect(us.place(14, "918442107")).toBe("p14 @918\u202f442\u202f107");
    expect(us.place(0, "9223372036854775807")).toBe("p0 @9\u202f223\u202f372\u202f036\u202f854\u202f775\u202f807");
    expect(us.place(3, "12")).toBe("p3 @12");
  });
});

describe("units", () => {
  test("US units and metric units tell the same stored value, with a space before the unit", () => {
    expect(phrase(us.speed(98.2))).toBe("61\u00a0mph");
    expect(phrase(metric.speed(98.2))).toBe("98\u00a0km/h");
    expect(phrase(us.temperature(3))).toBe("37.4\u00a0°F");
    expect(phrase(metric.temperature(-3))).toBe("−3,0\u00a0°C");
    expect(phrase(us.pressure(310))).toBe("45\u00a0psi");
    expect(phrase(metric.pressure(310))).toBe("310\u00a0kPa");
    expect(phrase(us.volume(2568))).toBe("678\u00a0gal");
  });

  test("a short distance keeps a decimal, a long one does not", () => {
    expect(phrase(us.distance(3_000))).toBe("1.9\u00a0mi");
    expect(phrase(us.distance(125_529))).toBe("78\u00a0mi");
    expect(phrase(metric.distance(512_345_678))).toBe("512.346\u00a0km");
  });
});

describe("times", () => {
  test("today has no day, this week has its weekday, the rest its date", () => {
    expect(us.time("2026-11-17T20:32:07.000Z", now)).toBe("14:32");
    expect(us.time("2026-11-15T20:32:07.000Z", now)).toBe("Sun 14:32");
    expect(us.time("2026-11-01T21:32:07.000Z", now)).toBe("1 Nov 15:32");
  });

  test("a day begins at midnight of the zone in which times are told", () => {
    expect(us.time("2026-11-17T05:30:00.000Z", now)).toBe("Mon 23:30");
    expect(
      makeFormats({ locale: "en-US", units: "us", timeZone: "UTC", messages: en }).time(
        "2026-11-17T05:30:00.000Z",
        now,
      ),
    ).toBe("05:30");
  });

  test("the clock has seconds, the day and the zone", () => {
    expect(us.moment(now)).toBe("Tue 17 Nov 14:32:07");
    expect(us.zone(now)).toBe("CST");
    expect(metric.zone(now)).toBe("UTC");
  });
});
