import type { ChangeChunk, LaneStatus, TelemetryQueries } from "../contracts/lane.ts";
import type { VisitTold } from "../contracts/live-room.ts";

/** What passes between the main thread and the telemetry thread. Chunks are handed over, not copied. */
export type FromTelemetryThread =
  | { kind: "started" }
  | { kind: "status"; status: LaneStatus }
  | { kind: "chunk"; chunk: ChangeChunk }
  | { kind: "visits"; visits: VisitTold[] }
  | { kind: "dropped"; partition: number }
  | { kind: "answer"; id: number; value: unknown }
  | { kind: "refused"; id: number; message: string };

export type Query = keyof TelemetryQueries;

export type ToTelemetryThread =
  | { kind: "attach" }
  | { kind: "pause"; reason: string }
  | { kind: "resume" }
  | { kind: "fences_changed" }
  | { kind: "ask"; id: number; query: Query; parameters: unknown[] }
  | { kind: "stop" };

export const buffersOf = (chunk: ChangeChunk): ArrayBuffer[] => [
  chunk.index.buffer as ArrayBuffer,
  chunk.timeMs.buffer as ArrayBuffer,
  chunk.seenMs.buffer as ArrayBuffer,
  chunk.lngE7.buffer as ArrayBuffer,
  chunk.latE7.buffer as ArrayBuffer,
  chunk.heading.buffer as ArrayBuffer,
  chunk.speed.buffer as ArrayBuffer,
  chunk.motion.buffer as ArrayBuffer,
];
