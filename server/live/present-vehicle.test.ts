import { expect, test } from "vitest";
import { Vehicle } from "../contracts/vehicle.ts";
import { aVehicle } from "../testing/fleet.ts";
import { presentVehicle } from "./present-vehicle.ts";

const NOW_MS = Date.parse("2026-08-19T14:30:01.250Z");

test("a vehicle is shown to the letter: times with milliseconds, absent stays absent", () => {
  const record = { topic: "telematics.readings", partition: 3, offset: "9007199254740993", timestampMs: NOW_MS };
  const state = aVehicle({
    seenMs: NOW_MS,
    position: { latitude: 0, longitude: -0, timeMs: NOW_MS },
    measures: { ignition: { value: false, timeMs: NOW_MS }, cargoC: { value: [3.9], timeMs: NOW_MS } },
    record,
  });
  const shown = presentVehicle({ ...state, profile: null, trip: null }, NOW_MS);
  expect(Vehicle.strict().parse(shown)).toEqual(shown);
  expect(JSON.parse(JSON.stringify(shown))).toEqual({
    id: "T1",
    motion: "moving",
    service: "none",
    position: { latitude: 0, longitude: 0, time: "2026-08-19T14:30:01.250Z" },
    measures: {
      ignition: { value: false, time: "2026-08-19T14:30:01.250Z" },
      cargoC: { value: [3.9], time: "2026-08-19T14:30:01.250Z" },
    },
    trip: null,
    openAlerts: 0,
    profile: null,
    record: {
      topic: "telematics.readings",
      partition: 3,
      offset: "9007199254740993",
      timestamp: "2026-08-19T14:30:01.250Z",
    },
  });
});

test("fifteen minutes of silence make a vehicle offline, whatever it did last", () => {
  const motionAfter = (ms: number) =>
    presentVehicle({ ...aVehicle({ seenMs: NOW_MS - ms, moving: "idling" }), profile: null, trip: null }, NOW_MS)
      .motion;
  expect([motionAfter(0), motionAfter(15 * 60_000), motionAfter(15 * 60_000 + 1)]).toEqual([
    "idling",
    "idling",
    "offline",
  ]);
});
