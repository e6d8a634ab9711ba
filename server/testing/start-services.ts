import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDatabase } from "../embedded/database/start-database.ts";
import { startEmbeddedBroker } from "./start-embedded-broker.ts";

export type StartedServices = { adminUrl: string; brokers: string[]; stop(): Promise<void> };

/** Starts what was not given, in a temporary directory that goes away with it. */
export async function startTestServices(given: {
  cloneDirectory: string;
  databaseUrl: string;
  brokers: string;
}): Promise<StartedServices> {
  const directory = mkdtempSync(join(tmpdir(), "wheelhouse-test-"));
  chmodSync(directory, 0o711); // as root, the database runs under an account that must be able to pass
  const stops: (() => Promise<void>)[] = [async () => rmSync(directory, { recursive: true, force: true })];
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next();
  };
  try {
    let adminUrl = given.databaseUrl;
    if (adminUrl === "") {
      const database = await startDatabase({ directory: join(directory, "database"), isDurable: false });
      stops.push(database.stop);
      adminUrl = database.url;
    }
    let brokers = given.brokers.split(",").filter(Boolean);
    if (brokers.length === 0) {
      const broker = await startEmbeddedBroker({
        cloneDirectory: given.cloneDirectory,
        directory: join(directory, "broker"),
      });
      stops.push(broker.stop);
      brokers = [broker.address];
    }
    return { adminUrl, brokers, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
