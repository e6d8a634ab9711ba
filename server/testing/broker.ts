import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import "./services.ts";

/** The brokers of this run, as `host:port`. Suites share them, so each uses topics and groups of its own. */
export function testBrokers(): string[] {
  return inject("services").brokers;
}

/** A name for a topic or a group that no other suite and no earlier run has used. */
export function uniqueTopic(prefix: string): string {
  return `${prefix}.${randomUUID().slice(0, 8)}`;
}
