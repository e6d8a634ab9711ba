/** What a developer named by `TEST_DATABASE_URL` and `TEST_KAFKA_BROKERS`; empty where nothing was. */
export type GivenServices = { databaseUrl: string; brokers: string };

/** What the run's setup hands to each suite. `adminUrl` is a database one may create others from. */
export type TestServices = { adminUrl: string; templateDatabase: string; brokers: string[] };

declare module "vitest" {
  interface ProvidedContext {
    given: GivenServices;
    services: TestServices;
  }
}
