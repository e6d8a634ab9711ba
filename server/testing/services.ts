/**
 * What a developer named by `TEST_DATABASE_URL` and `TEST_KAFKA_BROKERS`; empty where nothing was. `ownBrokers` is what
 * a suite starts that needs a broker to itself: `apache` in the run against Apache Kafka, else the embedded one.
 */
export type GivenServices = { databaseUrl: string; brokers: string; ownBrokers: string };

/** What the run's setup hands to each suite. `adminUrl` is a database one may create others from. */
export type TestServices = { adminUrl: string; templateDatabase: string; brokers: string[] };

declare module "vitest" {
  interface ProvidedContext {
    given: GivenServices;
    services: TestServices;
    /** How often a process is killed at random. */
    kills: number;
  }
}
