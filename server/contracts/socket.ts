import { z } from "zod";

/**
 * `fleet:view`, client to server: what the map looks at from now on. The acknowledgement is `FleetViewAck` or
 * `{ error: SocketError }`; a snapshot of the whole view follows as `fleet:frame` and replaces the picture before it.
 * A client that already holds the dictionary says so with `epoch` and `known`, and is told only what came after.
 */
export const FleetView = z.strictObject({
  level: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  tiles: z
    .array(
      z
        .number()
        .int()
        .min(0)
        .max(2 ** 32),
    )
    .max(256),
  epoch: z.number().int().optional(),
  known: z.number().int().min(0).optional(),
});
export type FleetView = z.infer<typeof FleetView>;

/** `ids` are the positions from `first` on; `first` is 0 unless the client said what it holds of this epoch. */
export type FleetViewAck = { epoch: number; first: number; ids: string[] };

/** Why a message or a connection was refused. On a refused connection this is `data` of `connect_error`. */
export type SocketError = {
  code: "invalid_input" | "unauthenticated" | "forbidden" | "too_many_requests" | "unavailable" | "unknown_event";
  message: string;
  errors?: { path: string; message: string }[];
};

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
  fleet: {
    vehicles: number;
    moving: number;
    idling: number;
    stopped: number;
    offline: number;
    onTime: number;
    atRisk: number;
    late: number;
    critical: number;
  };
  readingsPerSecond: number;
  rejectedToday: number;
  /** Median time from a reading's event time to its frame, milliseconds, over the last seconds. */
  eventToFrameMs: number | null;
  feeds: FeedStatus[];
};

/** Bounds of the socket: larger messages and faster clients are cut off. */
export const SOCKET_MESSAGE_BYTES_MAX = 16_384;
export const SOCKET_MESSAGES_PER_10S_MAX = 100;
