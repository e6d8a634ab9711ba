import { z } from "zod";

/** `fleet:view`, client to server. The acknowledgement is `FleetViewAck` or `{ error }`. */
export const FleetView = z.strictObject({
  level: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  tiles: z.array(z.number().int().min(0).max(2 ** 32)).max(256),
});
export type FleetView = z.infer<typeof FleetView>;
export type FleetViewAck = { epoch: number; ids: string[] };

/** `fleet:ids`, server to client: vehicles that joined the dictionary after the acknowledgement. */
export type FleetIds = { epoch: number; first: number; ids: string[] };

/** How fresh one feed is, in the words of the feed bar. */
export type FeedStatus = {
  name: string;
  topics: string[];
  state: "current" | "slow" | "silent" | "off";
  lagRecords: number;
  /** Age of the newest record, milliseconds; `null` when none was ever seen. */
  ageMs: number | null;
};

/** `tower:pulse`, server to client once a second: proof of life for the link, and what the shell shows. */
export type TowerPulse = {
  serverMs: number;
  lane: { state: "running" | "paused" | "stopped"; reason: string | null; aliveMs: number };
  fleet: { vehicles: number; moving: number; idling: number; stopped: number; offline: number; onTime: number; atRisk: number; late: number; critical: number };
  readingsPerSecond: number;
  rejectedToday: number;
  /** Median time from a reading's event time to its frame, milliseconds, over the last seconds. */
  eventToFrameMs: number | null;
  feeds: FeedStatus[];
};

/** Bounds of the socket: larger messages and faster clients are cut off. */
export const SOCKET_MESSAGE_BYTES_MAX = 16_384;
export const SOCKET_MESSAGES_PER_10S_MAX = 100;
