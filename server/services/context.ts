import type { FleetIndex } from "../contracts/fleet.ts";
import type { LaneStatus, TelemetryQueries } from "../contracts/lane.ts";
import type { Clock } from "../platform/clock.ts";
import type { Actor } from "./actor.ts";
import type { ApiKeyReader } from "./api-key/port.ts";
import type { AuditReader } from "./audit/port.ts";
import type { PersonReader } from "./person/port.ts";
import type { DeadLetterReader, RunTransaction, SnapshotReader } from "./ports.ts";
import type { SiteReader } from "./site/port.ts";

/** What a verb works with. Everything but `actor` is the same for all requests. */
export type Ports = {
  now: Clock;
  telemetry: TelemetryQueries;
  fleet: FleetIndex;
  sites: SiteReader;
  snapshots: SnapshotReader;
  deadLetters: DeadLetterReader;
  lanes(): LaneStatus[];
  people: PersonReader;
  hashPassword(password: string): Promise<string>;
  apiKeys: ApiKeyReader;
  /** Reads the keys in force again: called once one was made or revoked. */
  refreshApiKeys(): Promise<void>;
  auditTrail: AuditReader;
  transaction: RunTransaction;
};

export type Context = Ports & { actor: Actor };
