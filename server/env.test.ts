import { expect, test } from "vitest";
import { parseEnv } from "./env.ts";

const NEEDED = {
  DATABASE_URL: "postgresql://tower:hidden@db.example.com/tower",
  KAFKA_BROKERS: "kafka:9092",
  WHEELHOUSE_SECRET: "s".repeat(32),
};
const faultsOf = (given: Record<string, string>): string => {
  try {
    parseEnv({ ...NEEDED, ...given });
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

test.each([
  [
    "KAFKA_BROKERS",
    ["localhost", "localhost:99999", "localhost:0", "http://kafka:9092", "a:1,b", "user:secret@kafka:9092"],
  ],
  ["PORT", ["http", "-1", "65536", "1e3", "0x10", " ", "3000.5"]],
  ["WHEELHOUSE_SIMULATOR_VEHICLES", ["0", "400001", "many"]],
  ["WHEELHOUSE_SIMULATOR_SEED", ["-1", "9".repeat(30)]],
  ["WHEELHOUSE_PUBLIC_URL", ["tower", "ftp://tower.example", "javascript:alert(1)", "https://tower.example/path"]],
  ["WHEELHOUSE_API_KEY", ["short", "with a space ".repeat(4), "schlüssel".repeat(5)]],
  ["WHEELHOUSE_ADMIN_PASSWORD", ["hidden", "hidden".repeat(22)]],
  ["DATABASE_URL", ["mysql://tower:hidden@db/tower", "db.example.com"]],
])("%s takes no value that could not work, and none is shown", (name, values) => {
  for (const value of values) {
    expect([value, faultsOf({ [name]: value })]).toEqual([value, expect.stringContaining(name)]);
    expect(faultsOf({ [name]: value })).not.toMatch(/secret@|hidden|schlüssel|with a space/);
  }
});

test("what goes together is asked for together, also where another variable is wrong", () => {
  const faults = faultsOf({ PORT: "http", KAFKA_SASL_USERNAME: "tower", WHEELHOUSE_ADMIN_EMAIL: "ann@example.com" });
  expect(faults).toMatch(/PORT[\s\S]*WHEELHOUSE_ADMIN_PASSWORD[\s\S]*KAFKA_SASL_MECHANISM/);
  for (const [mechanism, username, password] of [
    ["plain", "tower", ""],
    ["plain", "", ""],
    ["", "tower", "hidden"],
  ])
    expect(
      faultsOf({
        KAFKA_SASL_MECHANISM: mechanism!,
        KAFKA_SASL_USERNAME: username!,
        KAFKA_SASL_PASSWORD: password!,
      }),
    ).toMatch(/KAFKA_SASL_MECHANISM/);
});

test("good values are taken as they are meant", () => {
  const env = parseEnv({
    ...NEEDED,
    PORT: "0",
    KAFKA_BROKERS: "kafka-1:9092, 10.0.0.2:9093",
    WHEELHOUSE_PUBLIC_URL: "https://tower.example/",
    KAFKA_SASL_MECHANISM: "scram-sha-512",
    KAFKA_SASL_USERNAME: "tower",
    KAFKA_SASL_PASSWORD: "hidden",
    WHEELHOUSE_API_KEY: "k".repeat(32),
    LOG_LEVEL: "",
  });
  expect(env).toMatchObject({
    PORT: 0,
    KAFKA_BROKERS: ["kafka-1:9092", "10.0.0.2:9093"],
    WHEELHOUSE_PUBLIC_URL: "https://tower.example",
    WHEELHOUSE_SIMULATOR_VEHICLES: 5000,
    LOG_LEVEL: "info",
  });
});
