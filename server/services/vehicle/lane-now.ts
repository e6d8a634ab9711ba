import type { Context } from "../context.ts";

/**
 * Where the telemetry lane stands in time. While it catches up, a vehicle is not silent for the lane's delay: list,
 * detail and map judge by the same moment.
 */
export function laneNow({ now, lanes }: Pick<Context, "now" | "lanes">): number {
  const behindMs = lanes().find((lane) => lane.lane === "telemetry")?.behindMs ?? 0;
  return now() - Math.max(0, behindMs);
}
