import type { ChangeChunk, LaneStatus, TelemetryQueries } from "../contracts/lane.ts";
import type { Touched, VisitTold } from "../contracts/live-room.ts";

/** What a process with lanes tells a process with pages: the same that a thread tells within one process. */
export type FromLanes =
  | { kind: "status"; lanes: LaneStatus[] }
  | { kind: "chunk"; chunk: ChangeChunk }
  | { kind: "visits"; visits: readonly VisitTold[] }
  | { kind: "touched"; touched: Touched }
  | { kind: "answer"; id: number; value: unknown }
  | { kind: "refused"; id: number; message: string };

export type FromWeb =
  | { kind: "fences_changed" }
  | { kind: "ask"; id: number; query: keyof TelemetryQueries; parameters: unknown[] };
