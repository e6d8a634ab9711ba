import { mkdirSync } from "node:fs";
import { inject } from "vitest";
import { startApacheKafka } from "../../scripts/lib/apache-kafka.mjs";
import { type BrokerProcess, startEmbeddedBroker } from "./start-embedded-broker.ts";
import "./services.ts";

/** A broker for one suite alone, in a process of its own that it may kill: of the kind that this run is against. */
export async function startBrokerProcess(options: {
  cloneDirectory: string;
  directory: string;
  port?: number;
}): Promise<BrokerProcess> {
  mkdirSync(options.directory, { recursive: true });
  return inject("given").ownBrokers === "apache" ? startApacheKafka(options) : startEmbeddedBroker(options);
}
