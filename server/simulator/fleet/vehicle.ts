import type { Delivery } from "../documents/delivery.ts";
import type { Random } from "../random.ts";
import type { RoadPlace } from "../roads.ts";
import type { SimulatedSite } from "../sites.ts";

export type Phase = "driving" | "loading" | "unloading" | "resting" | "fuelling";

/** Where a vehicle is, what it is about, and how its machine is: as of `timeMs`. */
export type Vehicle = {
  readonly index: number;
  readonly id: string;
  readonly random: Random;
  readonly isReefer: boolean;
  readonly setPointC: number;
  readonly sendsReadingId: boolean;
  readonly cruiseKmh: number;
  /** Local hour after which this driver looks for a place for the night; `null` drives whenever allowed. */
  readonly nightHour: number | null;

  timeMs: number;
  phase: Phase;
  /** When it drives on; infinite while driving. */
  phaseEndMs: number;
  /** When the engine is switched off; infinite while driving. */
  engineOffMs: number;
  place: RoadPlace;
  speedMs: number;
  /** The site it drives to or stands at. */
  site: SimulatedSite;
  /** How far before the city's middle it stops. */
  stopShortM: number;
  /** Why it is coming to a halt on the way. */
  halting: "resting" | "fuelling" | null;
  drivenSinceRestMs: number;
  trafficFactor: number;
  trafficUntilMs: number;
  /** The delivery it carries or is being loaded with; `null` on an empty run. */
  delivery: Delivery | null;

  odometerM: number;
  engineMs: number;
  fuelL: number;
  fuelUsedL: number;
  coolantC: number;
  cargoC: number;
};

export const TANK_L = 750;
