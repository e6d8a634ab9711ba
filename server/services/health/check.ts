import type { Health } from "../../contracts/health.ts";
import type { LaneStatus } from "../../contracts/lane.ts";

export type BrokerStatus = Health["broker"];

/** `downForMs` is how long the database has not answered; 0 while it does. */
export type DatabaseStatus = { status: "ok" | "down"; downForMs: number };

export type HealthFacts = { version: string; lanes: LaneStatus[]; database: DatabaseStatus; broker: BrokerStatus };

/** A shorter silence of the database is a hiccup: the lanes retry, and an orchestrator shall not restart the tower. */
export const DATABASE_HICCUP_MS_MAX = 10_000;
/** Behind its source by more than this, a lane no longer shows the present. */
export const LANE_BEHIND_MS_MAX = 60_000;

/** Open to everybody, so it names no topic and holds no reason in words. Down means: nothing here can work. */
export function checkHealth({ version, lanes, database, broker }: HealthFacts): Health {
  const isDown = database.status === "down" && database.downForMs >= DATABASE_HICCUP_MS_MAX;
  const isWell = database.status === "ok" && broker.status === "ok" && lanes.every(isLaneWell);
  return {
    status: isDown ? "down" : isWell ? "ok" : "degraded",
    version,
    lanes: Object.fromEntries(lanes.map((lane) => [lane.lane, presentLane(lane)])),
    database: { status: database.status },
    broker: { status: broker.status, kind: broker.kind, address: broker.address },
  };
}

function isLaneWell(lane: LaneStatus): boolean {
  return lane.state === "running" && lane.behindMs <= LANE_BEHIND_MS_MAX;
}

function presentLane(lane: LaneStatus): Health["lanes"][string] {
  const { state, lagRecords, behindMs, records, rowsReadAgain } = lane;
  const { delivered, applied, late, repeated, ignored, rejected } = records;
  const counts = { delivered, applied, late, repeated, ignored, rejected };
  return { state, lagRecords, behindMs, records: counts, ...(rowsReadAgain === undefined ? {} : { rowsReadAgain }) };
}

/** What the tower still waits for before it can serve, by name; empty when it is ready. */
export function waitingFor({ lanes, database, broker }: HealthFacts): string[] {
  const waiting = lanes.filter((lane) => lane.state === "stopped").map((lane) => `lane ${lane.lane}`);
  if (database.status === "down") waiting.push("database");
  if (broker.status === "down") waiting.push("broker");
  return waiting;
}
