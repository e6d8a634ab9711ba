import type { TowerPulse } from "@/server/contracts/socket.ts";
import type { Motion, Service } from "@/server/contracts/vehicle.ts";

/** `lost`: no sign of life from the server for 5 s, or no connection. */
export type LiveLink = "connecting" | "live" | "lost";

export type LiveState = {
  link: LiveLink;
  /** Since when the link is lost, by this browser's clock; `null` while it is not. */
  lostSinceMs: number | null;
  /** When the next try to connect is due, by this browser's clock; `null` while none is waiting. */
  nextTryMs: number | null;
  /** The newest pulse; kept while the link is lost, so that the last picture stays readable. */
  pulse: TowerPulse | null;
  /** The moment of the past that is shown instead of the present, by the server's clock; `null` for the present. */
  pastMs: number | null;
  /** Add to `Date.now()` for the server's clock. */
  serverOffsetMs: number;
};

/** What the socket last said of one vehicle; only vehicles in the joined tiles are known. */
export type LiveVehicle = {
  id: string;
  latitude: number;
  longitude: number;
  headingDeg: number;
  speedKmh: number;
  motion: Motion;
  service: Service;
  /** Event time of the position, by the server's clock. */
  timeMs: number;
};
