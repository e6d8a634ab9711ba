import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

const ENVIRONMENT = { KAFKA_BROKERS: "127.0.0.1:9092" };

test("Kafka alone is needed: what is not said has its usual value", () => {
  expect(readOptions(ENVIRONMENT, [])).toMatchObject({
    vehicles: 5000,
    seed: 1,
    startMs: null,
    speed: 1,
    durationMs: null,
    trouble: { kind: "oneIn", oneIn: { broken: 20_000, repeated: 5000, late: 2000 } },
    isOnce: false,
  });
});

test("the command line comes before the environment", () => {
  const environment = { ...ENVIRONMENT, WHEELHOUSE_SIMULATOR_VEHICLES: "70", WHEELHOUSE_SIMULATOR_SEED: "5" };
  expect(readOptions(environment, ["--vehicles", "9"])).toMatchObject({ vehicles: 9, seed: 5 });
});

test("numbers of troubles belong to a run with an end", () => {
  const { trouble } = readOptions(ENVIRONMENT, ["--duration", "60", "--broken", "200", "--late", "5"]);
  expect(trouble).toEqual({ kind: "totals", totals: { broken: 200, repeated: 0, late: 5 }, durationMs: 60_000 });
  expect(() => readOptions(ENVIRONMENT, ["--broken", "200"])).toThrow("--broken with a number needs --duration");
});

test("a kind of trouble is turned off by zero, the others stay", () => {
  const { trouble } = readOptions(ENVIRONMENT, ["--broken", "0"]);
  expect(trouble).toEqual({ kind: "oneIn", oneIn: { broken: null, repeated: 5000, late: 2000 } });
});

test("every bad option is named", () => {
  const bad = ["--vehicles", "none", "--speed=-1", "--start", "yesterday"];
  expect(() => readOptions(ENVIRONMENT, bad)).toThrow(/--vehicles[\s\S]*--start[\s\S]*--speed/);
  expect(() => readOptions(ENVIRONMENT, ["--unheard", "1"])).toThrow("--unheard");
});
