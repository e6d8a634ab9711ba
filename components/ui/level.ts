import type { FeedStatus } from "@/server/contracts/socket.ts";
import type { Motion, Service, Vehicle } from "@/server/contracts/vehicle.ts";
import type { Token } from "./theme.ts";

/** One vocabulary for every kind of thing. A level has a shape, a colour and a word, and never goes without two of them. */
export const LEVELS = ["critical", "high", "watch", "normal", "calm", "still", "unknown", "good"] as const;
export type Level = (typeof LEVELS)[number];

export const LEVEL_TOKEN: Record<Level, Token> = {
  critical: "critical",
  high: "high",
  watch: "watch",
  normal: "normal",
  calm: "normal",
  still: "normal",
  unknown: "unknown",
  good: "good",
};

const LEVEL_OF_SERVICE: Partial<Record<Service, Level>> = { critical: "critical", late: "high", at_risk: "watch" };
const LEVEL_OF_MOTION: Record<Motion, Level> = {
  moving: "normal",
  idling: "calm",
  stopped: "still",
  offline: "unknown",
};

/** What is wrong comes before how it moves: a late vehicle is a triangle whether it rolls or stands. */
export function vehicleLevel({ motion, service }: Pick<Vehicle, "motion" | "service">): Level {
  return LEVEL_OF_SERVICE[service] ?? LEVEL_OF_MOTION[motion];
}

const LEVEL_OF_FEED: Record<FeedStatus["state"], Level> = {
  current: "good",
  slow: "watch",
  silent: "critical",
  off: "still",
};

export function feedLevel(state: FeedStatus["state"]): Level {
  return LEVEL_OF_FEED[state];
}

/** Only these may be saturated on the screen; the others stay slate. */
export function isLoud(level: Level): boolean {
  return level === "critical" || level === "high" || level === "watch";
}
