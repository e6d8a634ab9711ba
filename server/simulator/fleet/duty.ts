import type { Random } from "../random.ts";
import { locate, type Road } from "../roads.ts";
import { isOrigin, nearestOrigins, type SimulatedSite } from "../sites.ts";
import { drive, metresToSite, turnTowards } from "./drive.ts";
import { runEngine } from "./engine.ts";
import { TANK_L, type Vehicle } from "./vehicle.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Eleven hours at the wheel, then ten off it: the rule in its simple form. */
export const DRIVING_MS_MAX = 11 * HOUR_MS;
export const REST_MS = 10 * HOUR_MS;
const FUEL_LOW_SHARE = 0.15;
const NIGHT_HOURS = 4;
/** Nobody stops for the night, or for fuel, this near to the site. */
const NEAR_SITE_M = 40_000;

/** Told as things happen at a site; `timeMs` of the vehicle is the moment. */
export type DutyEvents = {
  loadingBegins(vehicle: Vehicle, destination: SimulatedSite): void;
  departs(vehicle: Vehicle): void;
  /** At the site its goods are for. */
  arrives(vehicle: Vehicle): void;
  unloaded(vehicle: Vehicle): void;
};

/** What a driver does: drives, halts, loads and unloads, and obeys the clock. */
export function createDuty(deps: { roads: readonly Road[]; events: DutyEvents }) {
  const { roads, events } = deps;

  /** Brings a vehicle to a later moment. Never across the end of its phase: that is a moment of its own. */
  function advance(vehicle: Vehicle, toMs: number): void {
    const seconds = (toMs - vehicle.timeMs) / 1000;
    if (seconds <= 0) return;
    if (vehicle.phase === "driving") advanceDriving(vehicle, toMs, seconds);
    else {
      const runningS = Math.max(0, Math.min(toMs, vehicle.engineOffMs) - vehicle.timeMs) / 1000;
      runEngine(vehicle, seconds, runningS, 0);
      vehicle.timeMs = toMs;
      if (toMs >= vehicle.phaseEndMs) endPhase(vehicle);
    }
  }

  function advanceDriving(vehicle: Vehicle, toMs: number, seconds: number): void {
    const { movedM, stands } = drive(vehicle, roads, seconds);
    runEngine(vehicle, seconds, seconds, movedM);
    vehicle.drivenSinceRestMs += toMs - vehicle.timeMs;
    vehicle.timeMs = toMs;
    if (stands) arrive(vehicle);
    else {
      if (vehicle.halting === null) vehicle.halting = reasonToHalt(vehicle);
      if (toMs >= vehicle.trafficUntilMs) meetTraffic(vehicle);
    }
  }

  function arrive(vehicle: Vehicle): void {
    const { halting } = vehicle;
    vehicle.halting = null;
    if (halting) standStill(vehicle, halting);
    else if (vehicle.delivery) {
      standStill(vehicle, "unloading");
      events.arrives(vehicle);
    } else load(vehicle);
  }

  function endPhase(vehicle: Vehicle): void {
    switch (vehicle.phase) {
      case "unloading":
        events.unloaded(vehicle);
        vehicle.delivery = null;
        if (isOrigin(vehicle.site)) load(vehicle);
        else setOut(vehicle, vehicle.random.pick(nearestOrigins(vehicle.site)));
        break;
      case "loading":
        events.departs(vehicle);
        setOut(vehicle, vehicle.delivery!.destination);
        break;
      case "resting":
        vehicle.drivenSinceRestMs = 0;
        startEngine(vehicle);
        break;
      case "fuelling":
        vehicle.fuelL = TANK_L * vehicle.random.between(0.93, 0.99);
        startEngine(vehicle);
        break;
      case "driving":
        break;
    }
  }

  function load(vehicle: Vehicle): void {
    standStill(vehicle, "loading");
    events.loadingBegins(vehicle, chooseDestination(vehicle.site, vehicle.random));
  }

  return { advance };
}

export function standStill(vehicle: Vehicle, phase: Exclude<Vehicle["phase"], "driving">): void {
  const { random } = vehicle;
  const lastsMs = {
    loading: () => random.between(30, 90) * MINUTE_MS,
    unloading: () => random.between(30, 90) * MINUTE_MS,
    fuelling: () => random.between(20, 35) * MINUTE_MS,
    resting: () => REST_MS + random.between(0, 40) * MINUTE_MS,
  };
  vehicle.phase = phase;
  vehicle.speedMs = 0;
  vehicle.phaseEndMs = vehicle.timeMs + Math.round(lastsMs[phase]());
  vehicle.engineOffMs = vehicle.timeMs + Math.round(random.between(2, 10) * MINUTE_MS);
}

function setOut(vehicle: Vehicle, site: SimulatedSite): void {
  vehicle.site = site;
  vehicle.place = turnTowards(vehicle.place, site.routes);
  vehicle.stopShortM = stopShortOf(site, vehicle.random);
  startEngine(vehicle);
}

/** At the dock, which is well within the fence of the site. */
export const stopShortOf = ({ radiusM }: SimulatedSite, random: Random): number =>
  random.between(20, Math.min(350, radiusM * 0.7));

export function startEngine(vehicle: Vehicle): void {
  vehicle.phase = "driving";
  vehicle.phaseEndMs = Infinity;
  vehicle.engineOffMs = Infinity;
}

/** Where goods go: of three sites drawn, mostly the nearest. */
export function chooseDestination(origin: SimulatedSite, random: Random): SimulatedSite {
  const reachable = origin.neighbours.filter((site) => site.kind !== "plant");
  const ranks = [0, 0, 0].map(() => random.whole(0, reachable.length)).sort((a, b) => a - b);
  return reachable[random.chance(0.7) ? ranks[0]! : ranks[1]!]!;
}

function reasonToHalt(vehicle: Vehicle): Vehicle["halting"] {
  if (vehicle.drivenSinceRestMs > DRIVING_MS_MAX - 2 * MINUTE_MS) return "resting";
  if (metresToSite(vehicle) < NEAR_SITE_M) return null;
  if (vehicle.fuelL < TANK_L * FUEL_LOW_SHARE) return "fuelling";
  return isNightfall(vehicle) ? "resting" : null;
}

function isNightfall({ nightHour, drivenSinceRestMs, timeMs, place }: Vehicle): boolean {
  if (nightHour === null || drivenSinceRestMs < 4 * HOUR_MS) return false;
  const hoursPast = (localHour(timeMs, locate(place).longitude) - nightHour + 24) % 24;
  return hoursPast < NIGHT_HOURS;
}

/** By the sun: good enough to tell night from day. */
export const localHour = (timeMs: number, longitude: number): number =>
  (((timeMs / HOUR_MS + longitude / 15) % 24) + 24) % 24;

function meetTraffic(vehicle: Vehicle): void {
  const { random } = vehicle;
  const roll = random.next();
  vehicle.trafficFactor =
    roll < 0.85 ? random.between(0.92, 1) : roll < 0.97 ? random.between(0.6, 0.9) : random.between(0.05, 0.4);
  vehicle.trafficUntilMs = vehicle.timeMs + Math.round(random.between(2, 10) * MINUTE_MS);
}
