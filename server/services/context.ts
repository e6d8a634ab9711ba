import type { FleetIndex } from "../contracts/fleet.ts";
import type { LaneStatus, TelemetryQueries } from "../contracts/lane.ts";
import type { Clock } from "../platform/clock.ts";
import type { Actor } from "./actor.ts";
import type { DeadLetterReader, RunTransaction, SiteReader, SnapshotReader } from "./ports.ts";

/** What a verb works with. Everything but `actor` is the same for all requests. */
export type Ports = {
  now: Clock;
  telemetry: TelemetryQueries;
  fleet: FleetIndex;
  sites: SiteReader;
  snapshots: SnapshotReader;
  deadLetters: DeadLetterReader;
  lanes(): LaneStatus[];
  transaction: RunTransaction;
};

export type Context = Ports & { actor: Actor };
