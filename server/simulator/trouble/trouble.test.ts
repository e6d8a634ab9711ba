import { expect, test } from "vitest";
import { READINGS_TOPIC } from "../../contracts/topics.ts";
import type { OutgoingRecord } from "../outgoing.ts";
import { aWorld, HOUR_MS, onTopic, recordsOf, SPARSE } from "../testing.ts";
import { createWorld } from "../world.ts";

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

test.each([
  { vehicles: 400, durationMs: 60_000 },
  { vehicles: 20, durationMs: HOUR_MS },
  { vehicles: 2, durationMs: 12 * HOUR_MS },
])("a run of $vehicles vehicles has exactly the troubles asked for", ({ vehicles, durationMs }) => {
  const totals = { broken: 200, repeated: 150, late: 120 };
  const world = createWorld(aWorld({ vehicles, trouble: { kind: "totals", totals, durationMs } }));
  const records = recordsOf(world, durationMs);
  const outcomes = Object.values(world.truth.outcomes());
  expect(sum(outcomes.map(({ rejected }) => rejected))).toBe(200);
  expect(sum(outcomes.map(({ repeated }) => repeated))).toBe(150);
  expect(sum(outcomes.map(({ late }) => late))).toBe(120);
  expect(sum(Object.values(world.truth.deadLetters()))).toBe(200);
  expect(sum(outcomes.map(({ delivered }) => delivered))).toBe(records.length);
  for (const { delivered, ...others } of outcomes) expect(sum(Object.values(others))).toBe(delivered);
});

test("all three families have broken, repeated and late records", () => {
  const totals = { broken: 40, repeated: 40, late: 40 };
  const world = createWorld(
    aWorld({ vehicles: 100, intervalsMs: SPARSE, trouble: { kind: "totals", totals, durationMs: HOUR_MS } }),
  );
  recordsOf(world, HOUR_MS);
  const outcomes = world.truth.outcomes();
  for (const family of ["telematics.", "sap.", "salesforce."]) {
    const told = Object.entries(outcomes).filter(([topic]) => topic.startsWith(family));
    for (const trouble of ["rejected", "repeated", "late"] as const) {
      expect(sum(told.map(([, counts]) => counts[trouble])), `${family} ${trouble}`).toBeGreaterThan(0);
    }
  }
  expect(Object.keys(world.truth.deadLetters()).sort()).toEqual(
    ["contract_violation", "empty_value", "missing_key", "not_json", "time_in_future", "unknown_envelope"].sort(),
  );
});

test("a world without end has its usual troubles, and none when they are turned off", () => {
  const rates = { kind: "oneIn", oneIn: { broken: 100, repeated: 50, late: null } } as const;
  const world = createWorld(aWorld({ vehicles: 100, intervalsMs: SPARSE, trouble: rates }));
  const records = recordsOf(world, HOUR_MS);
  const outcomes = Object.values(world.truth.outcomes());
  const rejected = sum(outcomes.map((counts) => counts.rejected));
  expect(rejected / records.length).toBeGreaterThan(0.006);
  expect(rejected / records.length).toBeLessThan(0.014);
  expect(sum(outcomes.map(({ late }) => late))).toBe(0);
});

test("a repeated record is an earlier one of its topic byte for byte, not long before", () => {
  const totals = { broken: 0, repeated: 100, late: 0 };
  const settings = aWorld({ vehicles: 15, trouble: { kind: "totals", totals, durationMs: HOUR_MS } });
  const records = recordsOf(createWorld(settings), HOUR_MS);
  const seen = new Set<string>();
  let repeats = 0;
  let forgotten = 0;
  const recentOf = new Map<string, string[]>();
  for (const { topic, key, value } of records) {
    const name = `${topic} ${key}`;
    const recent = recentOf.get(name) ?? [];
    const isRepeat = seen.has(`${name} ${value}`);
    if (isRepeat) repeats += 1;
    if (isRepeat && topic === READINGS_TOPIC && !recent.includes(value)) forgotten += 1;
    seen.add(`${name} ${value}`);
    recentOf.set(name, [...recent, value].slice(-8));
  }
  expect({ repeats, forgotten }).toEqual({ repeats: 100, forgotten: 0 });
});

test("a late reading comes within three readings after a newer one of its vehicle that has all its measures", () => {
  const totals = { broken: 0, repeated: 0, late: 100 };
  const settings = aWorld({ vehicles: 15, trouble: { kind: "totals", totals, durationMs: HOUR_MS } });
  const readings = onTopic(recordsOf(createWorld(settings), HOUR_MS), READINGS_TOPIC);
  let late = 0;
  for (const list of byVehicle(readings).values()) {
    list.forEach((reading, index) => {
      const newer = list
        .slice(Math.max(0, index - 10), index)
        .filter(({ time }) => String(time) > String(reading.time));
      if (newer.length === 0) return;
      late += 1;
      expect(newer.length).toBeLessThanOrEqual(3);
      expect(newer.some((other) => Object.keys(reading).every((name) => name === "event" || name in other))).toBe(true);
    });
  }
  expect(late).toBe(80); // the other fifth are changes of SAP and Salesforce rows
});

function byVehicle(readings: readonly OutgoingRecord[]): Map<string, Record<string, unknown>[]> {
  const lists = new Map<string, Record<string, unknown>[]>();
  for (const { key, value } of readings) {
    const list = lists.get(key) ?? [];
    lists.set(key, list);
    list.push(JSON.parse(value));
  }
  return lists;
}
