import { expect, test } from "vitest";
import { childEnvironment, databaseAddress, readSettings } from "./settings.ts";

const CLONE = "/srv/wheelhouse";
const settingsOf = (environment: Record<string, string>) =>
  readSettings({ NODE_ENV: "production", ...environment }, CLONE);
const DATABASE_URL = "postgresql://tower:hidden@db.example.com:5433/tower?sslmode=require";
const decided = {
  databaseUrl: "postgresql://127.0.0.1:5544/wheelhouse",
  brokers: "127.0.0.1:9094",
  secret: "s".repeat(64),
};

test("with nothing set, both services are carried, the simulated world is on and the data lies in the clone", () => {
  const settings = settingsOf({});
  expect(settings).toMatchObject({
    isDatabaseEmbedded: true,
    isBrokerEmbedded: true,
    isSimulatorOn: true,
    isPortGiven: false,
  });
  expect(settings.dataDirectory).toBe("/srv/wheelhouse/.data");
});

test("the simulated world is off as soon as one service is the user's, unless asked for", () => {
  expect(settingsOf({ DATABASE_URL }).isSimulatorOn).toBe(false);
  expect(settingsOf({ KAFKA_BROKERS: "kafka:9092" }).isSimulatorOn).toBe(false);
  expect(settingsOf({ DATABASE_URL, KAFKA_BROKERS: "kafka:9092", WHEELHOUSE_SIMULATOR: "on" }).isSimulatorOn).toBe(
    true,
  );
  expect(settingsOf({ WHEELHOUSE_SIMULATOR: "off" }).isSimulatorOn).toBe(false);
});

test("an empty variable counts as unset", () => {
  const settings = settingsOf({ DATABASE_URL: "", KAFKA_BROKERS: "", PORT: "" });
  expect(settings).toMatchObject({ isDatabaseEmbedded: true, isBrokerEmbedded: true, isPortGiven: false });
});

test("all bad values are named at once, and none is shown", () => {
  const read = () => settingsOf({ PORT: "http", LOG_LEVEL: "loud", WHEELHOUSE_SECRET: "short-and-secret" });
  expect(read).toThrow(/PORT[\s\S]*WHEELHOUSE_SECRET[\s\S]*LOG_LEVEL/);
  expect(read).not.toThrow(/short-and-secret/);
});

test("children get what was decided on top of what the user set", () => {
  const environment = childEnvironment(
    settingsOf({ KAFKA_BROKERS: "kafka:9092", WHEELHOUSE_API_KEY: "k".repeat(32) }),
    decided,
  );
  expect(environment).toMatchObject({
    DATABASE_URL: decided.databaseUrl,
    KAFKA_BROKERS: "127.0.0.1:9094",
    WHEELHOUSE_API_KEY: "k".repeat(32),
    WHEELHOUSE_DATA_DIR: "/srv/wheelhouse/.data",
    WHEELHOUSE_EMBEDDED: "database",
    WHEELHOUSE_SIMULATOR: "off",
  });
});

test("what secures the user's own broker is not used for the embedded one", () => {
  const security = {
    KAFKA_SSL: "true",
    KAFKA_SASL_MECHANISM: "plain",
    KAFKA_SASL_USERNAME: "u",
    KAFKA_SASL_PASSWORD: "p",
  };
  expect(childEnvironment(settingsOf({ ...security, KAFKA_BROKERS: "kafka:9092" }), decided)).toMatchObject(security);
  const environment = childEnvironment(settingsOf(security), decided);
  for (const name of Object.keys(security)) expect([name, environment[name]]).toEqual([name, undefined]);
});

test("an address that is shown holds no user and no password", () => {
  expect(databaseAddress(DATABASE_URL)).toBe("postgresql://db.example.com:5433/tower");
});
