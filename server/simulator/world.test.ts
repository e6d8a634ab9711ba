import fc from "fast-check";
import { expect, test } from "vitest";
import { READINGS_TOPIC, SITES_TOPIC } from "../contracts/topics.ts";
import { aWorld, HOUR_MS, onTopic, recordsOf, START_MS, textOf } from "./testing.ts";
import { USUAL_TROUBLE } from "./trouble/settings.ts";
import { createWorld } from "./world.ts";

const RUN_MS = 1_200_000;
/** What is made anew; master data and the opening stock are the same rows in every world. */
const DOCUMENT_TOPICS = [
  ...["LIKP", "LIPS", "VBAK", "VBAP", "VBEP", "VTTK", "VTTP", "VTTS", "EKKO", "EKPO", "EKET"].map(
    (name) => `sap.${name}`,
  ),
  ...["Order", "OrderItem", "Case"].map((name) => `salesforce.${name}ChangeEvent`),
];

test("the same seed gives the same records, however the time is cut into steps", () => {
  const totals = { broken: 20, repeated: 40, late: 40 };
  const settings = aWorld({ trouble: { kind: "totals", totals, durationMs: RUN_MS } });
  const whole = textOf(recordsOf(createWorld(settings), RUN_MS));
  const cuts = fc.array(fc.integer({ min: 1, max: RUN_MS }), { maxLength: 30 });
  fc.assert(
    fc.property(cuts, (moments) => {
      const world = createWorld(settings);
      const parts = moments.sort((a, b) => a - b).flatMap((ms) => world.advanceTo(START_MS + ms));
      return textOf([...parts, ...recordsOf(world, RUN_MS)]) === whole;
    }),
    { numRuns: 6 },
  );
});

test("troubles by rate do not depend on the steps either", () => {
  const settings = aWorld({ trouble: { kind: "oneIn", oneIn: { broken: 200, repeated: 100, late: 50 } } });
  const stepped = createWorld(settings);
  const parts = Array.from({ length: 20 }, (_, minute) => stepped.advanceTo(START_MS + (minute + 1) * 60_000)).flat();
  expect(textOf(parts) === textOf(createWorld(settings).advanceTo(START_MS + RUN_MS))).toBe(true);
  expect(stepped.truth.outcomes()[READINGS_TOPIC]?.late).toBeGreaterThan(0);
});

test("another seed is another world", () => {
  const first = textOf(recordsOf(createWorld(aWorld({ seed: 1 })), 60_000));
  expect(textOf(recordsOf(createWorld(aWorld({ seed: 2 })), 60_000)) === first).toBe(false);
});

test("within ten seconds every vehicle has said where it is, and most of them move", () => {
  const world = createWorld(aWorld({ vehicles: 300 }));
  const records = world.advanceTo(START_MS + 10_000);
  const reporting = new Set(onTopic(records, READINGS_TOPIC).map(({ key }) => key));
  expect(reporting.size).toBe(300);
  const vehicles = [...world.truth.vehicles()];
  expect(vehicles.every(({ position }) => position !== null)).toBe(true);
  expect(vehicles.filter(({ measures }) => Number(measures.speedKmh?.value) >= 5).length).toBeGreaterThan(150);
});

test("moving vehicles report every ten seconds, parked ones every five minutes", () => {
  const world = createWorld(aWorld());
  const readings = onTopic(world.advanceTo(START_MS + HOUR_MS), READINGS_TOPIC).map(({ value }) => JSON.parse(value));
  const gapsMs = { moving: [] as number[], parked: [] as number[] };
  const last = new Map<string, { time: string; speedKmh?: number; ignition?: boolean }>();
  for (const reading of readings) {
    const before = last.get(reading.vehicleId);
    last.set(reading.vehicleId, reading);
    if (!before) continue;
    const gapMs = Date.parse(reading.time) - Date.parse(before.time);
    if (before.speedKmh && before.speedKmh > 0) gapsMs.moving.push(gapMs);
    else if (before.ignition === false) gapsMs.parked.push(gapMs);
  }
  expect(gapsMs.moving.every((gapMs) => gapMs > 9000 && gapMs < 11_000)).toBe(true);
  expect(Math.max(...gapsMs.parked)).toBe(300_000);
});

test("all sites are told first, and stand at sixty different places", () => {
  const records = createWorld(aWorld({ vehicles: 1 })).advanceTo(START_MS);
  expect(records.map(({ topic }) => topic)).toEqual(Array(60).fill(SITES_TOPIC));
  const places = records
    .map(({ value }) => JSON.parse(value))
    .map(({ latitude, longitude }) => `${latitude} ${longitude}`);
  expect(new Set(places).size).toBe(60);
});

test("a world begun again later on the same log uses new document numbers and reading ids", () => {
  const identities = (startMs: number) => {
    const records = createWorld(aWorld({ vehicles: 200, startMs, trouble: USUAL_TROUBLE })).advanceTo(startMs + 60_000);
    const keys = DOCUMENT_TOPICS.flatMap((topic) => onTopic(records, topic)).map(({ key }) => key);
    const ids = onTopic(records, READINGS_TOPIC).map(({ value }) => JSON.parse(value).readingId ?? value);
    return new Set([...keys, ...ids]);
  };
  const first = identities(START_MS);
  expect([...identities(START_MS + 65_000)].filter((identity) => first.has(identity))).toEqual([]);
});
