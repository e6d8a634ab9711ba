import type { Delivery } from "../documents/delivery.ts";
import { openingStretch } from "../opening-pace.ts";
import { createRandom, type Random } from "../random.ts";
import { locate, type Road, type RoadPlace } from "../roads.ts";
import { isOrigin, nearestOrigins, type SimulatedSite } from "../sites.ts";
import { metresToSite, placeAlong } from "./drive.ts";
import { chooseDestination, DRIVING_MS_MAX, localHour, REST_MS, standStill, startEngine, stopShortOf } from "./duty.ts";
import { TANK_L, type Vehicle } from "./vehicle.ts";

const FIRST_NUMBER = 40_001;
const DAY_MS = 86_400_000;
/** Odometers go up by a long day's way for every day since, so that a world started later never reads less. */
const ODOMETER_EPOCH_MS = Date.UTC(2026, 0, 1);
const METRES_PER_DAY = 1_300_000;
/** Whatever stands at the start stands on for at least this long: its papers have to be there before it leaves. */
const STANDING_MS_MIN = 30_000;

/** What a truck makes on the road on average. */
const USUAL_SPEED_MS = 22;
/** Between the sites, not at one. */
const WAY_SHARE = { min: 0.02, max: 0.97 };

/** A full load of all deliveries takes a while, as it does from a real system. */
const LOAD_MS = 60_000;
/** Of a vehicle at a dock the papers are known first: it may leave soon. */
const DOCKED_KNOWN_WITHIN_MS = 20_000;

/** Makes the delivery that a vehicle is loaded with, or being loaded with, when the world begins. */
export type DeliveryUnderWay = (
  vehicle: Vehicle,
  trip: {
    origin: SimulatedSite;
    destination: SimulatedSite;
    isLoaded: boolean;
    isDocked: boolean;
    knownWithinMs: number;
  },
) => Delivery;

type FleetSettings = { seed: number; vehicles: number; startMs: number };

type FleetDeps = {
  sites: readonly SimulatedSite[];
  roads: readonly Road[];
  deliveryUnderWay: DeliveryUnderWay;
  /** How many times longer everything of the beginning takes than in a small company. */
  stretch: number;
};

/** A fleet in full swing: spread over its trips, some at docks, some asleep, each with hours behind it. */
export function createFleet(settings: FleetSettings, given: Omit<FleetDeps, "stretch">): Vehicle[] {
  const deps = { ...given, stretch: openingStretch(settings.vehicles) };
  const origins = deps.sites.filter(isOrigin);
  return Array.from({ length: settings.vehicles }, (_, index) => {
    const random = createRandom(settings.seed, index);
    const origin = random.pick(origins);
    const isLoaded = random.chance(0.78);
    const destination = isLoaded ? chooseDestination(origin, random) : random.pick(nearestOrigins(origin));
    const place = placeAlong(origin.node, 0, destination.routes, deps.roads);
    const vehicle = aVehicle(index, random, destination, place, settings.startMs);
    placeOnTrip(vehicle, origin, isLoaded, deps);
    return vehicle;
  });
}

function placeOnTrip(vehicle: Vehicle, origin: SimulatedSite, isLoaded: boolean, deps: FleetDeps): void {
  const { random } = vehicle;
  const destination = vehicle.site;
  const wayM = metresToSite(vehicle);
  const isDocked = random.chance(0.2);
  const driven = isDocked ? 1 : drivenShare(random.between(0, 1), wayM, vehicle.timeMs);
  vehicle.place = placeAlong(origin.node, wayM * driven, destination.routes, deps.roads);
  const knownWithinMs = Math.round(deps.stretch * (isDocked ? DOCKED_KNOWN_WITHIN_MS : LOAD_MS));
  const standingMsMin = Math.round(deps.stretch * STANDING_MS_MIN);
  if (!isDocked) onTheWay(vehicle, standingMsMin);
  else standFor(vehicle, isLoaded ? "unloading" : "loading", standingMsMin + random.between(0, 75) * 60_000);
  const shared = { isLoaded, isDocked, knownWithinMs };
  if (isLoaded) vehicle.delivery = deps.deliveryUnderWay(vehicle, { origin, destination, ...shared });
  else if (isDocked) {
    const next = chooseDestination(destination, random);
    vehicle.delivery = deps.deliveryUnderWay(vehicle, { origin: destination, destination: next, ...shared });
  }
}

/** Goes on with the clock, so that a world started again shows its vehicles about where they would be by now. */
function drivenShare(shareAtEpoch: number, wayM: number, timeMs: number): number {
  const laps = shareAtEpoch + ((timeMs / 1000) * USUAL_SPEED_MS) / wayM;
  return WAY_SHARE.min + (WAY_SHARE.max - WAY_SHARE.min) * (laps % 1);
}

function onTheWay(vehicle: Vehicle, standingMsMin: number): void {
  const { random } = vehicle;
  const hour = localHour(vehicle.timeMs, locate(vehicle.place).longitude);
  const isNight = hour < 5 || hour > 21;
  if (random.chance(isNight ? 0.38 : 0.14)) {
    standFor(vehicle, "resting", standingMsMin + random.between(0, REST_MS));
    return;
  }
  startEngine(vehicle);
  vehicle.speedMs = (random.between(0.8, 0.95) * 88) / 3.6;
}

function standFor(vehicle: Vehicle, phase: Exclude<Vehicle["phase"], "driving">, remainingMs: number): void {
  standStill(vehicle, phase);
  vehicle.phaseEndMs = vehicle.timeMs + Math.round(remainingMs);
  if (vehicle.random.chance(0.85)) {
    vehicle.engineOffMs = vehicle.timeMs; // it has been standing for a while
    vehicle.coolantC = vehicle.random.between(20, 70);
  }
}

function aVehicle(index: number, random: Random, site: SimulatedSite, place: RoadPlace, startMs: number): Vehicle {
  const isReefer = random.chance(0.25);
  const setPointC = random.chance(0.4) ? -18 : 4;
  const daysSince = Math.max(0, (startMs - ODOMETER_EPOCH_MS) / DAY_MS);
  const odometerM = Math.round(random.between(40e6, 500e6) + daysSince * METRES_PER_DAY);
  return {
    index,
    id: `TRK-${FIRST_NUMBER + index}`,
    random,
    isReefer,
    setPointC,
    sendsReadingId: random.chance(0.92),
    cruiseKmh: random.between(87, 103),
    nightHour: random.chance(0.4) ? random.between(19, 23) : null,
    timeMs: startMs,
    phase: "driving",
    phaseEndMs: Infinity,
    engineOffMs: Infinity,
    place,
    speedMs: 0,
    site,
    stopShortM: stopShortOf(site, random),
    halting: null,
    drivenSinceRestMs: random.between(0, DRIVING_MS_MAX * 0.95),
    trafficFactor: 1,
    trafficUntilMs: startMs,
    delivery: null,
    odometerM,
    engineMs: Math.round((odometerM / 68_000) * 3_600_000),
    fuelL: TANK_L * random.between(0.2, 0.98),
    fuelUsedL: odometerM * 0.00034,
    coolantC: random.between(84, 91),
    cargoC: setPointC + random.between(-0.5, 0.5),
  };
}
